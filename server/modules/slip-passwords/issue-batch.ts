import type { Knex } from 'knex';
import type { Who } from '../../audit/who.ts';
import type { PayerAccess } from '../../../contract/payers.ts';
import { breathe, insertRows } from '../../db/bulk.ts';
import { isMysql } from '../../db/connect.ts';
import { newId, timedIds } from '../../db/id.ts';
import { days, later, toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { Manager } from '../../models/manager.ts';
import { SlipPasswordBatch } from '../../models/slip-password-batch.ts';
import type { Services } from '../../services.ts';
import { generateSlipPasswords, slipPasswordHmac } from '../../slip-password.ts';
import { accessSql } from '../payers/payer-access.ts';
import { mayBeIssued } from './slip-passwords.policy.ts';

export type IssueServices = Pick<Services, 'audit' | 'db' | 'clock' | 'config' | 'keys' | 'logger'>;

export interface BatchRequest {
  readonly managerId: string;
  readonly who: Who;
  readonly form: SlipPasswordBatch['form'];
  readonly whom: SlipPasswordBatch['whom'];
  /** In the order in which they are issued. Who has an account when the turn comes is passed over. */
  readonly payerIds: readonly string[];
  readonly onlyWithoutValid?: boolean | undefined;
}

/** A batch that may be issued. */
export interface OpenBatch extends BatchRequest {
  readonly batchId: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Who a password is for. The password itself lives here alone, until it has been shown. */
export interface Recipient {
  readonly payerId: string;
  readonly code: string;
  readonly name: string;
  readonly street: string;
  readonly town: string;
  readonly password: string;
}

/** So many are issued in a transaction; a list of this length is issued whole or not at all. */
const mostTogether = 1_000;
/** Between two of them others get their turn with the embedded database. */
export const payersTogether = (db: Knex): number => (isMysql(db) ? mostTogether : 250);

/** Until when what a manager issues now is good. */
export async function expiryOf({ db, config }: Pick<Services, 'db' | 'config'>, managerId: string, now: Date) {
  const { slipPasswordDays } = await Manager.query(db).findById(managerId).throwIfNotFound();
  return later(now, (slipPasswordDays ?? config.slipPasswordDays) * days);
}

/** Writes down that a batch is being issued, by whom and for how many. */
export async function openBatch(services: IssueServices, request: BatchRequest): Promise<OpenBatch> {
  const { audit, db, clock } = services;
  const { managerId, who, form, whom, payerIds } = request;
  const issuedAt = clock();
  const batch = { ...request, batchId: newId(), issuedAt, expiresAt: await expiryOf(services, managerId, issuedAt) };
  await transaction(db, async (trx) => {
    await SlipPasswordBatch.query(trx).insert({
      ...{ managerId, id: batch.batchId, form, whom, state: 'issuing', payers: payerIds.length, issued: 0 },
      ...{ issuedBy: who.actorId, issuedAt: toInstant(issuedAt), expiresAt: toInstant(batch.expiresAt) },
      touchedAt: toInstant(issuedAt),
    });
    await audit.record(trx, {
      ...{ action: 'slip_passwords.issued', managerId, ...who },
      ...{ subject: { kind: 'batch', id: batch.batchId }, details: { count: payerIds.length, form, whom } },
    });
  });
  return batch;
}

interface Candidate {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly street: string;
  readonly town: string;
  readonly access: PayerAccess;
}

/** Two issues of one manager at once would leave a payer with two good passwords: they go one after the other. */
async function lockManager(trx: Knex, managerId: string): Promise<void> {
  if (isMysql(trx)) await trx('managers').where({ id: managerId }).forUpdate().first('id');
}

/** Those of the payers who may have one now: of the order some may have registered since. */
async function candidatesAmong(trx: Knex, batch: OpenBatch, payerIds: readonly string[], now: string) {
  const rows: Candidate[] = await trx('payers as p')
    .where('p.manager_id', batch.managerId)
    .whereIn('p.id', payerIds)
    .select('p.id', 'p.code', 'p.name', 'p.street', 'p.town')
    .select(trx.raw(`${accessSql(trx)} as access`, { now }));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return payerIds.flatMap((id) => byId.get(id) ?? []).filter((payer) => mayBeIssued(payer, batch));
}

async function revokeEarlier(trx: Knex, managerId: string, payers: readonly Candidate[], now: string): Promise<void> {
  // Most have none that is open: reading it with the payer costs less than looking for it here.
  const holders = payers.filter(({ access }) => access === 'issued' || access === 'expired');
  if (holders.length === 0) return;
  await trx('slip_passwords')
    .where({ manager_id: managerId })
    .whereIn(
      'payer_id',
      holders.map(({ id }) => id),
    ) // prettier-ignore
    .whereNull('revoked_at')
    .whereNull('used_at')
    .update({ revoked_at: now });
}

/** @throws when it was revoked, or taken for dead, meanwhile: what follows must not be issued */
async function countIn(trx: Knex, { managerId, batchId }: OpenBatch, issued: number, now: string): Promise<void> {
  const changed = await trx('slip_password_batches')
    .where({ manager_id: managerId, id: batchId, state: 'issuing' })
    .update({ touched_at: now, issued: trx.raw('issued + ?', [issued]) });
  if (changed !== 1) throw new Error('the batch is not being issued any more');
}

const columns = ['manager_id', 'id', 'payer_id', 'batch_id', 'hmac', 'issued_at', 'expires_at'] as const;

function withPasswords(payers: readonly Candidate[]): Recipient[] {
  const passwords = generateSlipPasswords(payers.length);
  return payers.map(({ id, code, name, street, town }, index) => {
    return { payerId: id, code, name, street, town, password: passwords[index]! };
  });
}

/** Issues to some payers of a batch, all or none of them, and voids the earlier ones of the same payers. */
async function issueTogether(services: IssueServices, batch: OpenBatch, payerIds: readonly string[]) {
  const { db, clock, keys } = services;
  const { managerId, batchId } = batch;
  const now = clock();
  const times = { issued: toInstant(batch.issuedAt), expires: toInstant(batch.expiresAt) };
  return transaction(db, async (trx) => {
    await lockManager(trx, managerId);
    const payers = await candidatesAmong(trx, batch, payerIds, toInstant(now));
    const recipients = withPasswords(payers);
    const ids = timedIds(now, recipients.length);
    const rows = recipients.map(({ payerId, password }, index) => {
      const hmac = slipPasswordHmac(keys.slipPassword, { managerId, payerId }, password);
      return [managerId, ids[index]!, payerId, batchId, hmac, times.issued, times.expires];
    });
    await revokeEarlier(trx, managerId, payers, toInstant(now));
    await insertRows(trx, 'slip_passwords', columns, rows);
    await countIn(trx, batch, recipients.length, toInstant(now));
    return recipients;
  });
}

/**
 * Issues a batch as fast as it is taken, some payers at a time; what was taken is committed. Whoever takes it has to
 * say how it ended: `finishBatch`, or `voidBatch` when it did not get to where it was to be shown.
 */
export async function* issued(
  services: IssueServices,
  batch: OpenBatch,
  together = payersTogether(services.db),
): AsyncGenerator<readonly Recipient[]> {
  for (let start = 0; start < batch.payerIds.length; start += together) {
    yield await issueTogether(services, batch, batch.payerIds.slice(start, start + together));
    await breathe();
  }
}

/** All that was issued has been shown. */
export async function finishBatch(db: Knex, { managerId, batchId }: OpenBatch): Promise<void> {
  await db('slip_password_batches')
    .where({ manager_id: managerId, id: batchId, state: 'issuing' })
    .update({ state: 'done' });
}
