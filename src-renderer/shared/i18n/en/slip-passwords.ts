import type { slipPasswords as slovene } from '../sl/slip-passwords.ts';
import type { SameKeys } from '../same-keys.ts';

export const slipPasswords: SameKeys<typeof slovene> = {
  menu: 'Slip passwords',
  title: 'Slip passwords',
  lead: 'With the slip password and the payer code a resident registers, once. From then on they use their own password.',
  notAdmin: {
    title: 'This is for admins',
    text: 'At this manager an admin issues the passwords. Please ask them to.',
  },
  whom: 'For whom',
  chosen: {
    label: 'For the selected payers',
    count: '{count} payer | {count} payers',
    none: 'Nobody is selected.',
    toPayers: 'Select payers',
    change: 'Change the selection',
    more: 'and {count} more | and {count} more',
    taken:
      '{count} selected payer is registered already and needs no password. | {count} selected payers are registered already and need no password.',
    dropTaken: 'Leave out those registered',
    tooMany: 'You can issue passwords for at most {limit} selected payers at a time. Select fewer.',
  },
  all: {
    label: 'For all who are not registered yet',
    count: '{count} payer | {count} payers',
    nobody: 'All payers are registered already.',
  },
  warning: {
    title: 'Before you issue them',
    void: 'Earlier passwords of these payers stop working at once, even if they have already been printed.',
    once: 'The new passwords are shown only once. Anyone who loses theirs gets a new one.',
  },
  how: 'How',
  letters: {
    title: 'Letters (PDF)',
    text: 'A page for each payer that tells how to register. Print the file and send the letters out.',
    button: 'Issue and save letters',
    saved: 'The letters are saved',
    savedText:
      'The letter for {count} payer is in the file {fileName}. Print it, then delete the file. | The letters for {count} payers are in the file {fileName}. Print them, then delete the file.',
    notSaved: 'You did not choose where to save them, so no passwords were issued.',
  },
  list: {
    title: 'List on the screen',
    text: 'Codes, names and passwords in a table that you can copy or save.',
    button: 'Issue and show the list',
  },
  confirm: {
    title: 'Issue new passwords?',
    description:
      "We will issue {count} new password. This payer's earlier password stops working at once. | We will issue {count} new passwords. The earlier passwords of these payers stop working at once.",
    confirm: 'Issue {count} password | Issue {count} passwords',
  },
  working: 'Issuing the passwords. Please do not close the program.',
  issued: {
    title: '{count} new password | {count} new passwords',
    once: 'The passwords are shown only now. Copy or save them before you leave this page.',
    code: 'Payer code',
    name: 'Payer',
    password: 'Slip password',
    expires: 'Valid until',
    copy: 'list of passwords',
    save: 'Save the list (CSV)',
    saved: 'The list is saved in {fileName}. Delete it when you no longer need it.',
    fileName: 'passwords',
    done: 'Done',
  },
  leave: {
    title: 'You will not see the passwords again',
    description:
      'Once you leave this page, the passwords cannot be shown again. If you have not saved or copied them, you will have to issue them again.',
    confirm: 'Leave the page',
  },
  payerTaken:
    'One of the selected payers has registered in the meantime, so no password was issued. Refresh the selection under Payers and try again.',
  payerGone: 'One of the selected payers is no longer there, so no password was issued. Select the payers again.',
};
