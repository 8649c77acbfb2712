import { Readable } from 'node:stream';
import { newId } from '../db/id.ts';
import { toInstant } from '../db/time.ts';
import { transaction } from '../db/transaction.ts';
import { nobody, type Actor } from '../http/actor.ts';
import { Account } from '../models/account.ts';
import { BillingRun } from '../models/billing-run.ts';
import { ManagerHost } from '../models/manager-host.ts';
import { Manager } from '../models/manager.ts';
import { PayerAccount } from '../models/payer-account.ts';
import { Payer } from '../models/payer.ts';
import { StaffRole } from '../models/staff-role.ts';
import { confirmImport } from '../modules/imports/confirm-import.ts';
import { createImport, findImport, publishImport } from '../modules/imports/imports.service.ts';
import { createManager } from '../modules/managers/managers.service.ts';
import { issueList, planBatch } from '../modules/slip-passwords/slip-passwords.service.ts';
import { createStaff } from '../modules/staff/staff.service.ts';
import type { Services } from '../services.ts';
import { generateBillingFile } from './billing-file.ts';
import { demonstrationManagers, demonstrationPeople, type DemonstrationManager } from './demonstration-data.ts';
import { ensureNeighbours } from './demonstration-neighbours.ts';

/** The passwords of the people of the demonstration, by e-mail. */
export type DemonstrationPasswords = Readonly<Record<string, string>>;

/** Whether the demonstration is there, whole. */
export async function isCreated({ db }: Services, passwords: DemonstrationPasswords): Promise<boolean> {
  return (await Account.query(db).whereIn('email', Object.keys(passwords)).resultSize()) === demonstrationPeople.length;
}

/** Whether the database has managers that are not the demonstration's: then it is no place for one. */
export async function isInUse({ db }: Services): Promise<boolean> {
  const ours = ManagerHost.query(db)
    .select('manager_id')
    .whereIn(
      'host',
      demonstrationManagers.map(({ host }) => host),
    );
  return (await Manager.query(db).whereNotIn('id', ours).resultSize()) > 0;
}

/**
 * Makes the demonstration: two managers with twelve published months, an admin, a clerk and a resident. Each step is
 * left out when it was done before, so a broken-off run is finished by the next one.
 */
export async function createDemonstration(services: Services, passwords: DemonstrationPasswords): Promise<void> {
  for (const manager of demonstrationManagers) {
    const managerId = await ensureManager(services, manager);
    const staff = demonstrationPeople.filter(({ host }) => host === manager.host);
    for (const { role, email, firstName, lastName } of staff) {
      const password = passwords[email] ?? '';
      if (role !== 'resident') await createStaff(services, { managerId, role, email, firstName, lastName, password });
    }
    await ensureSlips(services, managerId, manager);
  }
  await ensureResident(services);
  for (const manager of demonstrationManagers) {
    const { id } = (await findManager(services, manager)) ?? {};
    if (id) await ensureNeighbours(services, id, manager.host);
  }
  for (const [email, password] of Object.entries(passwords)) {
    const passwordHash = await services.passwords.hash(password);
    // Their addresses count as proved: nobody could read a code that is sent there.
    await Account.query(services.db)
      .where({ email })
      .patch({ passwordHash, emailConfirmedAt: toInstant(services.clock()) });
  }
}

/** A fresh slip password of the first payer who can register and will see a PDF; undefined when all have an account. */
export async function issueForRegistration(
  services: Services,
): Promise<{ manager: string; payerCode: string; slipPassword: string } | undefined> {
  const manager = await findManager(services, demonstrationManagers[0]);
  if (!manager) return undefined;
  const managerId = manager.id;
  const payer = await withoutAccount(services, managerId).whereNot('channel', 'none').first();
  const admin = await Account.query(services.db).findOne({ email: demonstrationPeople[0].email });
  if (!payer || !admin) return undefined;
  const who = { actorId: admin.id, address: null };
  const order = { payerIds: [payer.id] };
  const { passwords } = await issueList(services, await planBatch(services, { managerId, who, order, form: 'list' }));
  const [issued] = passwords;
  return issued && { manager: manager.name, payerCode: payer.code, slipPassword: issued.password };
}

const findManager = async ({ db }: Services, { host }: DemonstrationManager): Promise<Manager | undefined> =>
  Manager.query(db).findOne('id', ManagerHost.query(db).select('manager_id').where({ host }));

const withoutAccount = ({ db }: Services, managerId: string) =>
  Payer.query(db)
    .where({ manager_id: managerId })
    .whereNotIn('id', PayerAccount.query(db).select('payer_id').where({ manager_id: managerId }))
    .orderBy('code');

async function ensureManager(services: Services, manager: DemonstrationManager): Promise<string> {
  const { details, slipNote, host } = manager;
  const found = await findManager(services, manager);
  if (found) return found.id;
  const id = await createManager(services, { ...details, hosts: [host] });
  await Manager.query(services.db).findById(id).patch({ slipNote });
  return id;
}

/** What is done on this machine comes from no address. */
const here = { address: '' };

/** Imports and publishes the billing file of the last twelve months, the way the office does. */
async function ensureSlips(services: Services, managerId: string, manager: DemonstrationManager): Promise<void> {
  if (await BillingRun.query(services.db).findOne({ manager_id: managerId, state: 'published' })) return;
  const staff = await StaffRole.query(services.db).findOne({ manager_id: managerId }).throwIfNotFound();
  const actor: Actor = { ...nobody, accountId: staff.accountId, roles: [{ managerId, role: staff.role }] };
  const until = previousPeriod(services.clock());
  const body = Readable.from(buffers(generateBillingFile({ ...manager.sample, until })));
  const who = { managerId, accountId: staff.accountId, fileName: `razdelilniki-${until}.csv` };
  const { id } = await createImport(services, { ...here, body, length: undefined }, who);
  await services.importJobs.ended(id);
  const { state, faults } = await findImport(services.db, actor, id);
  if (state !== 'checked') throw new Error(`The demonstration's billing file was not accepted (${state}): ${faults}`);
  await confirmImport(services, { actor, request: here }, id);
  await services.importJobs.ended(id);
  await publishImport(services, { actor, request: here }, id);
}

function* buffers(texts: Iterable<string>): Generator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

function previousPeriod(now: Date): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}

/**
 * A resident with premises at both managers: at the first one with eRačun, so there is a PDF, at the second one
 * without. Called as the first payer is: the sample writes the surname first.
 */
async function ensureResident(services: Services): Promise<void> {
  const { db } = services;
  const { email } = demonstrationPeople[2];
  if (await Account.query(db).findOne({ email })) return;
  const payers: Payer[] = [];
  for (const [index, manager] of demonstrationManagers.entries()) {
    const { id } = (await findManager(services, manager)) ?? {};
    const channels = index === 0 ? ['email'] : ['none'];
    const payer = id && (await withoutAccount(services, id).whereIn('channel', channels).first());
    if (payer) payers.push(payer);
  }
  const [lastName = '', firstName = ''] = payers[0]?.name.split(' ') ?? [];
  const now = toInstant(services.clock());
  await transaction(db, async (trx) => {
    const account = { id: newId(), email, firstName, lastName, passwordHash: '', language: 'sl' as const };
    await Account.query(trx).insert({ ...account, createdAt: now });
    for (const { managerId, id } of payers) {
      await PayerAccount.query(trx).insert({ managerId, payerId: id, accountId: account.id, linkedAt: now });
    }
  });
}
