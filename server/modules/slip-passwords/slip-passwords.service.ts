import type { Knex } from 'knex';
import type { SlipPasswordOrder } from '../../../contract/slip-passwords.ts';
import type { Who } from '../../audit/who.ts';
import { breathe, insertRows } from '../../db/bulk.ts';
import { isMysql } from '../../db/connect.ts';
import { newId } from '../../db/id.ts';
import { days, later, toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import type { Services } from '../../services.ts';
import { generateSlipPassword, slipPasswordHmac } from '../../slip-password.ts';
import { mayBeIssued } from './slip-passwords.policy.ts';

/** A batch that was issued: the passwords themselves live here alone, until they have been shown. */
export interface IssuedBatch {
  readonly managerId: string;
  readonly batchId: string;
  readonly expiresAt: Date;
  /** By payer code, the order of the list and of the letters; of payers that were named, in parts. */
  readonly passwords: readonly { readonly payerId: string; readonly password: string }[];
}

/** Those of many payers who have no account when their turn comes; the others are passed over. */
interface OrderAmong {
  readonly among: readonly string[];
}

export interface IssueRequest {
  readonly managerId: string;
  readonly who: Who;
  readonly order: SlipPasswordOrder | OrderAmong;
}

type IssueServices = Pick<Services, 'audit' | 'db' | 'clock' | 'config' | 'keys'>;

const payersAtOnce = 1_000;

interface Candidate {
  readonly id: string;
  readonly code: string;
  readonly accounts: number;
}

const candidates = (trx: Knex, managerId: string) =>
  trx('payers as p')
    .leftJoin('payer_accounts as a', { 'a.manager_id': 'p.manager_id', 'a.payer_id': 'p.id' })
    .where('p.manager_id', managerId)
    .orderBy('p.code')
    .select('p.id', 'p.code', trx.raw('case when a.account_id is null then 0 else 1 end as accounts'));

/**
 * The chosen payers.
 * @throws not_found when one of them is not this manager's, payer_taken when one has an account
 */
async function chosenPayers(trx: Knex, managerId: string, payerIds: readonly string[]): Promise<Candidate[]> {
  const wanted = [...new Set(payerIds)];
  const found = (await candidates(trx, managerId).whereIn('p.id', wanted)) as Candidate[];
  if (found.length < wanted.length) throw new ApiError('not_found');
  if (!found.every(({ accounts }) => mayBeIssued({ hasAccount: accounts > 0 }))) throw new ApiError('payer_taken');
  return found;
}

async function* freeAmong(trx: Knex, managerId: string, payerIds: readonly string[]): AsyncGenerator<Candidate[]> {
  for (let start = 0; start < payerIds.length; start += payersAtOnce) {
    const part = payerIds.slice(start, start + payersAtOnce);
    yield (await candidates(trx, managerId).whereNull('a.account_id').whereIn('p.id', part)) as Candidate[];
  }
}

async function* allFree(trx: Knex, managerId: string): AsyncGenerator<Candidate[]> {
  let after = '';
  for (;;) {
    const found = (await candidates(trx, managerId)
      .whereNull('a.account_id')
      .where('p.code', '>', after)
      .limit(payersAtOnce)) as Candidate[];
    const last = found.at(-1);
    if (!last) return;
    yield found;
    after = last.code;
  }
}

/** The payers in question, some at a time. */
async function* payersOf(trx: Knex, { managerId, order }: IssueRequest): AsyncGenerator<Candidate[]> {
  if ('payerIds' in order) yield await chosenPayers(trx, managerId, order.payerIds);
  else if ('among' in order) yield* freeAmong(trx, managerId, order.among);
  else yield* allFree(trx, managerId);
}

/** Two issues of one manager at once would leave a payer with two good passwords: they go one after the other. */
async function lockManager(trx: Knex, managerId: string): Promise<void> {
  if (isMysql(trx)) await trx('managers').where({ id: managerId }).forUpdate().first('id');
}

async function revokeEarlier(trx: Knex, managerId: string, payerIds: readonly string[], now: string): Promise<void> {
  await trx('slip_passwords')
    .where({ manager_id: managerId })
    .whereIn('payer_id', payerIds)
    .whereNull('revoked_at')
    .whereNull('used_at')
    .update({ revoked_at: now });
}

const columns = ['manager_id', 'id', 'payer_id', 'batch_id', 'hmac', 'issued_by', 'issued_at', 'expires_at'] as const;

/**
 * Issues slip passwords, all or none, and voids the earlier ones of the same payers. Committed before anybody sees
 * them: an answer that gets lost on its way means that they have to be issued again.
 * @throws not_found, payer_taken
 */
export async function issueSlipPasswords(services: IssueServices, request: IssueRequest): Promise<IssuedBatch> {
  const { audit, db, clock, config, keys } = services;
  const { managerId, who } = request;
  const now = clock();
  const expiresAt = later(now, config.slipPasswordDays * days);
  return transaction(db, async (trx) => {
    await lockManager(trx, managerId);
    const batchId = newId();
    const passwords: { payerId: string; password: string }[] = [];
    for await (const payers of payersOf(trx, request)) {
      const issued = payers.map(({ id: payerId }) => ({ payerId, password: generateSlipPassword() }));
      const rows = issued.map(({ payerId, password }) => [
        ...[
          managerId,
          newId(),
          payerId,
          batchId,
          slipPasswordHmac(keys.slipPassword, { managerId, payerId }, password),
        ],
        ...[who.actorId, toInstant(now), toInstant(expiresAt)],
      ]);
      await revokeEarlier(trx, managerId, issued.map(({ payerId }) => payerId), toInstant(now)); // prettier-ignore
      await insertRows(trx, 'slip_passwords', columns, rows);
      passwords.push(...issued);
      await breathe();
    }
    await audit.record(trx, {
      ...{ action: 'slip_passwords.issued', managerId, ...who },
      ...{ subject: { kind: 'batch', id: batchId }, details: { count: passwords.length } },
    });
    return { managerId, batchId, expiresAt, passwords };
  });
}

/** Who a password is for. */
export interface Recipient {
  readonly payerId: string;
  readonly code: string;
  readonly name: string;
  readonly street: string;
  readonly town: string;
  readonly password: string;
}

interface PayerRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly street: string;
  readonly town: string;
}

/** The passwords of a batch with their payers, read some at a time while the list or the letters are written. */
export async function* recipients(db: Knex, batch: IssuedBatch): AsyncGenerator<Recipient> {
  for (let start = 0; start < batch.passwords.length; start += payersAtOnce) {
    const part = batch.passwords.slice(start, start + payersAtOnce);
    const rows: PayerRow[] = await db('payers')
      .where({ manager_id: batch.managerId })
      .whereIn(
        'id',
        part.map(({ payerId }) => payerId),
      ) // prettier-ignore
      .select('id', 'code', 'name', 'street', 'town');
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const { payerId, password } of part) {
      const payer = byId.get(payerId);
      if (payer)
        yield { payerId, password, code: payer.code, name: payer.name, street: payer.street, town: payer.town };
    }
  }
}
