export const thisComputer = {
  title: 'This computer',
  lead: 'These settings are for this computer alone.',
  about: 'How the program looks, its language, the address of the portal, and what it keeps on this computer.',
  open: 'Open the settings of this computer',
  guest: {
    title: 'Where are my slips?',
    text: 'You see your slips once you have signed in. The settings here can be changed without signing in.',
  },
  settings: 'The program',
  language: 'Language of the program',
  portal: 'Address of the portal',
  change: 'Change',
  changePortal: 'Change the address of the portal',
  keychain: {
    title: 'Saved sign-in',
    kept: "Your sign-in is kept safely in this computer's password store. You can see your slips offline, too.",
    ready:
      "When you sign in, your sign-in is kept safely in this computer's password store, so you need not sign in again at the next start.",
    locked:
      'The password store usually opens when you sign in to the computer. If it is locked, the computer asks for its password when you choose “Try again”; usually it is the one that you sign in to the computer with. Until then you are signed in only while the program is open, and no slips are kept.',
    denied:
      'Choose “Try again”, and “Allow” when the computer asks whether iiPortal may use the password store. Until then you are signed in only while the program is open, and no slips are kept.',
    absent:
      'You are signed in only while the program is open, and no slips are kept: without a password store they could not be protected well enough. Whoever looks after the computer can set one up; on Linux it is GNOME Keyring or KWallet.',
    full: 'Empty the trash and delete large files that you no longer need, then choose “Try again”. What the program kept before is still as it was.',
    refused:
      "Ask whoever looks after the computer to allow writing to iiPortal's folder, then choose “Try again”. What the program kept before is still as it was.",
  },
  offline: {
    title: 'What this computer keeps',
    text: 'The slips of the last 24 months are saved in the background, to be read without a connection. They are saved under lock: only this program can read them, while you are signed in.',
    slips: 'Slips to read without a connection',
    count: '{done} of {total} slip is saved. | {done} of {total} slips are saved.',
    size: 'They take {size}\u00a0MB.',
    asOf: 'As of {moment}.',
    pause: 'Stop saving',
    continue: 'Go on saving',
    status: {
      nothing: 'There are no slips to save.',
      waiting: 'Saving begins in a moment.',
      fetching: 'Saving …',
      done: 'All are saved.',
      paused: 'Saving is stopped. What is saved already stays.',
      metered: 'This connection is paid by use, so saving waits.',
      offline: 'Waiting for a connection to the portal. You can read what is saved already.',
      no_keychain: "Slips are not saved, because the program has no access to this computer's password store.",
      newer:
        'Your slips were saved by a newer version of the program, and this one cannot read them. Install the newer version; until then you need a connection.',
      disk: 'There is not enough room on the disk of this computer. Delete what you do not need, and we shall try again.',
    },
  },
  forget: {
    name: 'Forget this computer',
    text: 'If you will not use this computer any more, or others use it, too.',
    button: 'Forget this computer',
    title: 'Shall the program forget this computer?',
    description:
      'You are signed out, and your saved slips and your sign-in are deleted from this computer. In the portal everything stays as it is: you can sign in again with your e-mail and password.',
    confirm: 'Sign out and delete',
  },
  inProfile: '{done} of {total} slips are saved on this computer, to be read without a connection.',
  version: 'iiPortal {version}',
};
