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
  keeping: {
    locked:
      "This computer's password store is locked: unlock it to be signed in at the next start and to see your slips offline, too.",
    denied:
      "The program may not use this computer's password store: allow it to be signed in at the next start and to see your slips offline, too.",
    absent:
      'This computer has no password store, so you stay signed in only while the program is open, and you see your slips only with a connection.',
    waits:
      "Your sign-in waits in this computer's password store, which cannot be read now: unlock it and choose “Try again”, or sign in with your password.",
    full: "This computer's disk is full, so the program remembers neither your sign-in nor its settings: delete what you do not need and choose “Try again”.",
    refused:
      'The program cannot write to its folder on this computer, so it remembers neither your sign-in nor its settings: whoever looks after the computer can change that.',
    retry: 'Try again',
    more: 'More about this',
    still: 'It still does not work.',
    done: 'It works now: your sign-in is kept on this computer.',
  },
  notFound: { title: 'There is no such page', text: 'Choose a page from the menu.' },
};
