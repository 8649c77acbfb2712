import type { premises as slovene } from '../sl/premises.ts';
import type { SameKeys } from '../same-keys.ts';

export const premises: SameKeys<typeof slovene> = {
  menu: 'Add a manager',
  title: 'Add a manager',
  lead: "For premises at another manager, or further ones at the same. Have the manager's letter ready.",
  manager: 'Manager',
  managerSearch: 'Type part of the name or town',
  managerMore: 'These are the first {n} matches. Type more letters.',
  submit: 'Add',
  added: 'Added: {name}, {manager}',
  where: 'Where do I find this?',
  noPassword: 'No password?',
  own: {
    title: 'This payer is already yours',
    text: 'You already have the payer with the code {code}. You need not add it again.',
    go: 'Show the slips',
  },
  unconfirmed: {
    title: 'First confirm your e-mail',
    text: 'We sent a six-digit code to {email}. Once you enter it, you can add a manager.',
    go: 'Confirm the e-mail',
  },
};
