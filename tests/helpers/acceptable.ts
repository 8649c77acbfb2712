import type { Endpoint } from '../../contract/endpoint.ts';
import { generateSlipPassword } from '../../server/slip-password.ts';
import { password } from './planted.ts';

const id = 'ab'.repeat(16);
const email = 'drugi@example.si';
const names = { firstName: 'Živa', lastName: 'Čebašek' };
const code = generateSlipPassword();

const selection = {
  ...{ runId: id, buildingIds: [id], payerIds: [id], channels: ['none', 'email'], withoutAccount: true },
};

/** A body that each operation takes which takes JSON: with every field that there is, and nothing wrong with any. */
const bodies: Record<string, object> = {
  'registrations.create': {
    ...{ managerId: id, payerCode: '104217', slipPassword: code, ...names, email, password },
    ...{ language: 'sl', humanCheck: 'x' },
  },
  'passwordResets.request': { email, language: 'sl', humanCheck: 'x' },
  'passwordResets.complete': { email, code, password },
  'session.create': {
    ...{
      email,
      password: 'Napacno-geslo-7',
      device: 'Windows',
      humanCheck: 'x',
      secondFactor: '123456',
      takeOver: true,
    },
  },
  'invitations.open': { email, code },
  'invitations.accept': { email, code, password, ...names, language: 'sl' },
  'staff.invite': { email: 'nova@example.si', role: 'clerk', language: 'sl' },
  'staff.changeRole': { role: 'clerk' },
  'secondFactor.start': { password },
  'secondFactor.confirm': { code: '123456' },
  'secondFactor.renewRecoveryCodes': { password },
  'secondFactor.remove': { password, code: '123456' },
  'slipPasswords.issue': { payerIds: [id] },
  'managerSettings.update': {
    ...{ iban: 'SI56020170014356205', referenceTemplate: 'SI12 {payer}{period}', purposeTemplate: 'Razdelilnik' },
    ...{ purposeCode: 'COST', slipNote: 'Pisarna bo 24. decembra zaprta.' },
  },
  'managerSettings.preview': { referenceTemplate: 'SI12 {payer}{period}', purposeTemplate: 'Razdelilnik {period}' },
  'printRuns.count': selection,
  'printRuns.create': { selection, form: 'pdf', slipPasswords: false },
  'account.update': { ...names, language: 'en' },
  'account.changePassword': { currentPassword: password, password: 'Modra-streha-8', device: 'Windows' },
  'account.changeEmail': { email, password },
  'account.confirmEmail': { code: '123456' },
  'account.addPayer': { managerId: id, payerCode: '104217', slipPassword: code },
  'account.removePayer': { password },
  'account.setNotificationChoice': { newSlips: false },
  'account.delete': { password },
  'eInvoices.request': { channel: 'email', email },
  'eInvoiceRequests.refuse': { reason: 'Plačnik je podjetje.' },
  'payers.setChannel': { channel: 'bank', iban: 'SI56191000000123438', taxNumber: 'SI12345679' },
};

export const withBody = Object.keys(bodies);

/** @throws when a new operation takes a body and nobody has written one down yet */
export function bodyFor({ id: operation }: Endpoint): object {
  const body = bodies[operation];
  if (!body) throw new Error(`${operation} takes a body: write one that it takes into tests/helpers/acceptable.ts`);
  return body;
}
