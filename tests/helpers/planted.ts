import { gzipSync } from 'node:zlib';
import type { Knex } from 'knex';
import type { Endpoint } from '../../contract/endpoint.ts';
import { newId } from '../../server/db/id.ts';
import type { StoredPreview } from '../../server/modules/imports/preview/stored-preview.ts';
import { toInstant } from '../../server/db/time.ts';
import type { Account } from '../../server/models/account.ts';
import { Building } from '../../server/models/building.ts';
import { BillingRun } from '../../server/models/billing-run.ts';
import { EInvoiceRequest } from '../../server/models/e-invoice-request.ts';
import { FaultyRows } from '../../server/models/faulty-rows.ts';
import { Import } from '../../server/models/import.ts';
import { Invitation } from '../../server/models/invitation.ts';
import { Mail } from '../../server/models/mail.ts';
import type { Payer } from '../../server/models/payer.ts';
import { PrintRun } from '../../server/models/print-run.ts';
import {
  createAccount,
  createApiKey,
  createManager,
  createPayer,
  createSlipPassword,
  createSlipPasswordBatch,
  createStaffRole,
  createToken,
  linkPayer,
} from './factories.ts';
import type { TestServer } from './server.ts';
import { createRun, createWholeSlip } from './slip-factories.ts';

/** The own password of everybody who is planted here. */
export const password = 'Zelena-trava-7';

export interface Person {
  readonly account: Account;
  readonly token: string;
}

/** A manager with one of everything that has an id, and the people to whom it belongs. */
export interface Planted {
  readonly managerId: string;
  readonly resident: Person;
  readonly clerk: Person;
  readonly admin: Person;
  readonly ids: Readonly<
    Record<
      | 'payer'
      | 'freePayer'
      | 'double'
      | 'slip'
      | 'run'
      | 'printRun'
      | 'batch'
      | 'building'
      | 'published'
      | 'draft'
      | 'checked'
      | 'refused'
      | 'mail'
      | 'invitation'
      | 'clerk'
      | 'eInvoiceRequest'
      | 'apiKey',
      string
    >
  >;
}

export async function createPerson(
  server: TestServer,
  prepare: (account: Account) => Promise<unknown>,
): Promise<Person> {
  const account = await createAccount(server.db, {
    passwordHash: await server.services.passwords.hash(password),
    emailConfirmedAt: toInstant(new Date()),
  });
  await prepare(account);
  return { account, token: await createToken(server.db, account.id) };
}

async function createFailedMail(db: Knex, managerId: string): Promise<string> {
  const now = toInstant(new Date());
  const { id } = await Mail.query(db).insert({
    id: newId(),
    managerId,
    ...{ kind: 'new-slip', language: 'sl', toAddress: 'ziva@example.si', subject: 'Nov razdelilnik', text: 'Besedilo' },
    ...{
      messageId: `<${newId()}@example.si>`,
      state: 'failed',
      tries: 9,
      createdAt: now,
      nextTryAt: now,
      failedAt: now,
    },
  });
  return id;
}

async function createInvitation(db: Knex, managerId: string): Promise<string> {
  const { id } = await Invitation.query(db).insert({
    ...{ managerId, id: newId(), email: `vabljena-${newId()}@example.si`, role: 'clerk', language: 'sl' },
    ...{ hmac: 'ab'.repeat(32), createdAt: toInstant(new Date()) },
    expiresAt: toInstant(new Date(Date.now() + 86_400_000)),
  });
  return id;
}

async function createPrintRun(db: Knex, managerId: string, runId: string): Promise<string> {
  const now = toInstant(new Date());
  const { id } = await PrintRun.query(db).insert({
    ...{ managerId, id: newId(), runId, period: '2026-10', form: 'pdf', slipPasswords: false, selection: '{}' },
    ...{ state: 'done', slips: 1, slipsDone: 1, createdAt: now, heartbeatAt: now, finishedAt: now },
  });
  return id;
}

async function createEInvoiceRequest(db: Knex, managerId: string, payerId: string): Promise<string> {
  const { id } = await EInvoiceRequest.query(db).insert({
    ...{ managerId, id: newId(), payerId, channel: 'bizbox', taxNumber: '12345679', state: 'open', isOpen: 1 },
    createdAt: toInstant(new Date()),
  });
  return id;
}

const counted: StoredPreview = {
  numbers: {
    ...{ countedAt: '2026-11-02T08:00:00.000Z', periods: [], buildings: 0, outlierBuildings: 0, items: [] },
    payers: { new: 0, changed: 0, unchanged: 0, vanished: 0 },
    slips: { new: 0, replaced: 0, outliers: 0 },
  },
  ...{ present: [], befores: [], buildings: [] },
};

async function createImport(db: Knex, managerId: string, given: Partial<Import>): Promise<string> {
  const { id } = await Import.query(db).insert({
    ...{ managerId, id: newId(), fileName: 'obracun.csv', size: 1, phase: 'done', faults: '[]', unknownColumns: '[]' },
    ...{ rowsRead: 1, bytesRead: 1, faultCount: 0, newPayers: 0, newSlips: 0, replacedSlips: 0, isStaged: false },
    ...{ createdAt: toInstant(new Date()), heartbeatAt: toInstant(new Date()), ...given },
  });
  return id;
}

/** An import of one slip that waits for its confirmation. */
async function createChecked(db: Knex, { managerId, code }: Payer): Promise<string> {
  const waiting = { state: 'checked', preview: JSON.stringify(counted), previewVersion: 0, isStaged: true } as const;
  const importId = await createImport(db, managerId, waiting);
  await db('import_slips').insert({
    ...{ manager_id: managerId, import_id: importId, number: `R-${importId}`, first_row: 2, new_id: newId() },
    ...{ payer_code: code, period: '2026-12', issue_date: '2026-12-02', due_date: '2026-12-18', total_cents: 100 },
  });
  return importId;
}

/** An import that was refused, with the rows that are to be corrected. */
export async function createRefused(db: Knex, managerId: string, payerName = 'Ana Novak'): Promise<string> {
  const importId = await createImport(db, managerId, { state: 'refused' });
  const csv = gzipSync(`razlog;placnik_naziv;obdobje\r\nobdobje: napaka;${payerName};2026-13\r\n`);
  await FaultyRows.query(db).insert({ managerId, importId, rowCount: 1, csv, createdAt: toInstant(new Date()) });
  return importId;
}

export async function plant(server: TestServer): Promise<Planted> {
  const { db } = server;
  const { id: managerId } = await createManager(db);
  const payer = await createPayer(db, managerId);
  const freePayer = await createPayer(db, managerId);
  const { id: batch } = await createSlipPasswordBatch(db, managerId);
  await createSlipPassword(server.services, freePayer, { batchId: batch });
  const slip = await createWholeSlip(db, payer);
  const { importId: published } = await BillingRun.query(db).findById([managerId, slip.runId]).throwIfNotFound();
  const { importId: draft } = await createRun(db, managerId, { state: 'draft', period: '2026-11' });
  const clerk = await createPerson(server, ({ id }) => createStaffRole(db, managerId, id, 'clerk'));
  return {
    managerId,
    resident: await createPerson(server, ({ id }) => linkPayer(db, payer, id)),
    clerk,
    admin: await createPerson(server, ({ id }) => createStaffRole(db, managerId, id, 'admin')),
    ids: {
      ...{ payer: payer.id, freePayer: freePayer.id, double: (await createPayer(db, managerId)).id, slip: slip.id },
      ...{ checked: await createChecked(db, payer), refused: await createRefused(db, managerId) },
      ...{ published, draft, clerk: clerk.account.id },
      building: (await Building.query(db).findOne({ manager_id: managerId }).throwIfNotFound()).id,
      ...{ batch, run: slip.runId, printRun: await createPrintRun(db, managerId, slip.runId) },
      mail: await createFailedMail(db, managerId),
      invitation: await createInvitation(db, managerId),
      apiKey: (await createApiKey(db, managerId)).id,
      eInvoiceRequest: await createEInvoiceRequest(db, managerId, payer.id),
    },
  };
}

interface IdCall {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
}

const selectionOf = ({ run, building, payer }: Planted['ids']) => ({
  ...{ runId: run, buildingIds: [building], payerIds: [payer], channels: ['email'] },
});

/** How each operation that is given an id names something that was planted. */
const namings: Record<string, (ids: Planted['ids'], managerId: string) => IdCall> = {
  'slips.get': ({ slip }) => ({ params: { id: slip } }),
  'slips.pdf': ({ slip }) => ({ params: { id: slip } }),
  'slips.list': ({ payer }) => ({ query: { payerId: payer } }),
  'slipYears.list': ({ payer }) => ({ query: { payerId: payer } }),
  'slipYears.zip': ({ payer }) => ({ params: { year: '2026' }, query: { payerId: payer } }),
  'account.removePayer': ({ payer }) => ({ params: { id: payer }, body: { password } }),
  'account.setNotificationChoice': (_, managerId) => ({ params: { managerId }, body: { newSlips: false } }),
  'imports.get': ({ published }) => ({ params: { id: published } }),
  'imports.discard': ({ draft }) => ({ params: { id: draft } }),
  'imports.preview': ({ checked }) => ({ params: { id: checked } }),
  'imports.previewBuildings': ({ checked }) => ({ params: { id: checked } }),
  'imports.previewPayers': ({ checked }) => ({ params: { id: checked }, query: { kind: 'new' } }),
  'imports.previewSlips': ({ checked }) => ({ params: { id: checked } }),
  'imports.confirm': ({ checked }) => ({ params: { id: checked } }),
  'imports.faultyRows': ({ refused }) => ({ params: { id: refused } }),
  'imports.previewWithdrawal': ({ published }) => ({ params: { id: published } }),
  'imports.withdraw': ({ published }) => ({ params: { id: published }, body: { reason: 'Napačen ključ.' } }),
  'imports.publish': ({ draft }) => ({ params: { id: draft } }),
  'audit.list': ({ payer }) => ({ query: { payerId: payer } }),
  'audit.export': ({ payer }) => ({ query: { payerId: payer } }),
  'mails.retry': ({ mail }) => ({ params: { id: mail } }),
  'payers.get': ({ payer }) => ({ params: { id: payer } }),
  'buildings.list': ({ building }) => ({ query: { id: building } }),
  'payers.list': ({ building }) => ({ query: { buildingId: building } }),
  'payers.slips': ({ payer }) => ({ params: { id: payer } }),
  'payers.mails': ({ payer }) => ({ params: { id: payer } }),
  'payers.events': ({ payer }) => ({ params: { id: payer } }),
  'payers.update': ({ payer }) => ({ params: { id: payer }, body: { name: 'Ana Novak' } }),
  'payers.export': ({ building }) => ({ query: { buildingId: building } }),
  'payers.previewMerge': ({ payer, freePayer }) => ({ params: { id: payer }, body: { intoId: freePayer } }),
  'payers.merge': ({ double, freePayer }) => ({ params: { id: double }, body: { intoId: freePayer } }),
  'payers.revokeSlipPassword': ({ freePayer }) => ({ params: { id: freePayer } }),
  'payers.release': ({ payer }) => ({ params: { id: payer } }),
  'payers.endSession': ({ payer }) => ({ params: { id: payer } }),
  'payers.liftLimits': ({ payer }) => ({ params: { id: payer } }),
  'runs.eInvoices': ({ run }) => ({ params: { id: run }, query: { channel: 'bank' } }),
  'runs.slips': ({ run, building }) => ({ params: { id: run }, query: { buildingId: building } }),
  'slips.asResident': ({ slip }) => ({ params: { id: slip } }),
  'slips.pdfAsOffice': ({ slip }) => ({ params: { id: slip } }),
  'runs.get': ({ run }) => ({ params: { id: run } }),
  'runs.recipients': ({ run }) => ({ params: { id: run } }),
  'printRuns.count': (ids) => ({ body: selectionOf(ids) }),
  'printRuns.create': (ids) => ({ body: { selection: selectionOf(ids), form: 'pdf', slipPasswords: false } }),
  'printRuns.get': ({ printRun }) => ({ params: { id: printRun } }),
  'slipPasswords.count': ({ freePayer }) => ({ body: { payerIds: [freePayer] } }),
  'slipPasswords.batch': ({ batch }) => ({ params: { id: batch } }),
  'slipPasswords.revokeBatch': ({ batch }) => ({ params: { id: batch } }),
  'slipPasswords.issue': ({ freePayer }) => ({ body: { payerIds: [freePayer] } }),
  'eInvoices.request': ({ payer }) => ({ params: { id: payer }, body: { channel: 'none' } }),
  'eInvoices.withdraw': ({ payer }) => ({ params: { id: payer } }),
  'eInvoiceRequests.confirm': ({ eInvoiceRequest }) => ({ params: { id: eInvoiceRequest } }),
  'eInvoiceRequests.refuse': ({ eInvoiceRequest }) => ({ params: { id: eInvoiceRequest }, body: { reason: 'Ne.' } }),
  'payers.eInvoice': ({ payer }) => ({ params: { id: payer } }),
  'payers.setChannel': ({ payer }) => ({ params: { id: payer }, body: { channel: 'none' } }),
  'apiKeys.revoke': ({ apiKey }) => ({ params: { id: apiKey } }),
  'staff.withdrawInvitation': ({ invitation }) => ({ params: { id: invitation } }),
  'staff.changeRole': ({ clerk }) => ({ params: { id: clerk }, body: { role: 'admin' } }),
  'staff.remove': ({ clerk }) => ({ params: { id: clerk } }),
};

export const named = Object.keys(namings);

/** @throws when the operation is new and nobody has said yet which of the planted things it is to be tried on */
export function nameIn({ id }: Endpoint, ids: Planted['ids'], managerId: string): IdCall {
  const naming = namings[id];
  if (!naming)
    throw new Error(`${id} takes an id: plant what it is of, and add it to the namings, in tests/helpers/planted.ts`);
  return naming(ids, managerId);
}

/** The same things, as nobody has them. */
export const madeUp = ({ ids }: Planted): Planted['ids'] =>
  Object.fromEntries(Object.keys(ids).map((kind) => [kind, newId()])) as unknown as Planted['ids'];

const tables = [
  ...[
    'payers',
    'payer_units',
    'payer_accounts',
    'slips',
    'slip_passwords',
    'imports',
    'billing_runs',
    'mails',
    'invitations',
  ],
  ...[
    'staff_roles',
    'notification_choices',
    'print_runs',
    'slip_password_batches',
    'manager_logos',
    'manager_hosts',
    'manager_ibans',
    'api_keys',
  ],
];

/** All that belongs to the manager, and the sessions of its people. */
export async function digestOf(db: Knex, { managerId, resident, clerk, admin }: Planted): Promise<unknown[]> {
  const accountIds = [resident, clerk, admin].map(({ account }) => account.id);
  const contents: unknown[] = [];
  for (const table of tables) {
    const rows = (await db(table).where({ manager_id: managerId })) as unknown[];
    contents.push([table, rows.map((row) => JSON.stringify(row)).sort()]);
  }
  contents.push(await db('managers').where({ id: managerId }));
  contents.push(await db('sessions').whereIn('account_id', accountIds).orderBy('id').select('id', 'token_hash'));
  contents.push(await db('audit_entries').where({ chain: managerId }).count('* as entries'));
  return contents;
}
