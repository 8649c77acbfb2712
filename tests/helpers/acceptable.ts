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
  'apiKeys.create': { name: 'Računovodski program', scopes: ['imports:write', 'imports:read'], days: 365, password },
  'secondFactor.start': { password },
  'secondFactor.confirm': { code: '123456' },
  'secondFactor.renewRecoveryCodes': { password },
  'secondFactor.remove': { password, code: '123456' },
  'slipPasswords.count': { payerIds: [id] },
  'slipPasswords.issue': { payerIds: [id] },
  'managerSettings.update': {
    ...{ iban: 'SI56020170014356205', referenceTemplate: 'SI12 {payer}{period}', purposeTemplate: 'Razdelilnik' },
    ...{ purposeCode: 'COST', slipNote: 'Pisarna bo 24. decembra zaprta.', slipPasswordDays: 90, password },
    ...{ name: 'Upravnik Vzorec', street: 'Dunajska cesta 1', town: '1000 Ljubljana', email: 'pisarna@vzorec.example' },
    ...{ phone: '01 234 56 78', taxNumber: '12345679', mailWelcomeText: 'Dobrodošli.', mailSlipText: 'Spoštovani.' },
    mailSignature: 'Pisarna je odprta od 8. do 15. ure.',
  },
  'mails.retryAll': {
    kind: 'slip-pdf',
    search: 'ana',
    from: '2026-10-01T00:00:00.000Z',
    until: '2026-11-01T00:00:00.000Z',
  },
  'managerSettings.addHost': { host: 'portal.vzorec.example' },
  'managerSettings.removeHost': { host: 'portal.vzorec.example' },
  'managerSettings.makeHostMain': { host: 'portal.vzorec.example' },
  'managerSettings.removeIban': { iban: 'SI56191000000123438' },
  'managerSettings.nameIban': { iban: 'SI56191000000123438', name: 'Rezervni sklad' },
  'managerSettings.previewMail': {
    ...{ kind: 'welcome', language: 'sl', mailWelcomeText: 'Dobrodošli.', mailSlipText: 'Spoštovani.' },
    mailSignature: 'Pisarna',
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
  'imports.withdraw': { reason: 'Stroški čiščenja so razdeljeni po napačnem ključu.' },
  'eInvoices.request': { channel: 'email', email },
  'eInvoiceRequests.refuse': { reason: 'Plačnik je podjetje.' },
  'payers.update': {
    ...{ name: 'Žiga Ščuka', street: 'Čopova ulica 5', town: '1000 Ljubljana', email, taxNumber: 'SI12345679' },
  },
  'payers.previewMerge': { intoId: id },
  'payers.merge': { intoId: id },
  'payers.setChannel': { channel: 'bank', iban: 'SI56191000000123438', taxNumber: 'SI12345679' },
};

export const withBody = Object.keys(bodies);

/** @throws when a new operation takes a body and nobody has written one down yet */
export function bodyFor({ id: operation }: Endpoint): object {
  const body = bodies[operation];
  if (!body) throw new Error(`${operation} takes a body: write one that it takes into tests/helpers/acceptable.ts`);
  return body;
}
