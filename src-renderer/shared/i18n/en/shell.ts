import type { shell as slovene } from '../sl/shell.ts';
import type { SameKeys } from '../same-keys.ts';

export const shell: SameKeys<typeof slovene> = {
  skip: 'Skip to the content',
  menu: 'Main menu',
  home: 'Overview',
  slips: 'Slips',
  profile: 'Profile',
  signOut: 'Sign out',
  signOutOffline: {
    title: 'Sign out without a connection?',
    description:
      'Signing out erases the slips kept on this computer. Until the portal can be reached again, you will not be able to sign in.',
    confirm: 'Sign me out',
  },
  offline: 'Offline. We are showing what was saved on {moment}.',
  keychain: {
    absent:
      'This computer has no store for passwords, so you stay signed in only while the program is open. Without a connection you will not see your slips.',
    locked:
      'The password store of this computer is locked. Unlock it and start the program again. Until then you stay signed in only while the program is open.',
    denied:
      'The program has no access to the password store of this computer. Allow it and start the program again. Until then you stay signed in only while the program is open.',
  },
  notFound: { title: 'There is no such page', text: 'Choose a page from the menu.' },
};
