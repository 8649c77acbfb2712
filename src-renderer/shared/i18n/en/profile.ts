import type { profile as slovene } from '../sl/profile.ts';
import type { SameKeys } from '../same-keys.ts';

export const profile: SameKeys<typeof slovene> = {
  title: 'Profile',
  name: 'Name',
  email: 'E-mail',
  premises: 'My payers',
  noPremises: 'No payer is linked to your e-mail.',
  payerCode: 'payer code {code}',
  work: 'Work for a manager',
  role: { clerk: 'office', admin: 'administrator' },
  computer: 'This computer',
  portal: 'Address of the portal',
  changePortal: 'Change the address of the portal',
  keychain: 'Sign-in and offline use',
  keychainGood: "Your sign-in is kept safely in this computer's password store. You can see your slips offline, too.",
  version: 'iiPortal {version}',
};
