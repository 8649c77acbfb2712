import type { Knex } from 'knex';
import { whoOf, type Caller } from '../../audit/who.ts';
import { isMysql } from '../../db/connect.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { Import } from '../../models/import.ts';
import { Payer } from '../../models/payer.ts';
import { PayerAccount } from '../../models/payer-account.ts';
import type { Services } from '../../services.ts';
import { findOpenRequest, withdrawOpenRequest } from '../e-invoices/open-requests.ts';
import { raiseBillingVersion } from '../imports/billing-version.ts';
import type { PayerKey } from './payer-account.queries.ts';
import { refreshPayerUnits } from './payer-units.ts';
import { openSlipPasswords } from './revoke-slip-password.ts';

/** Two payers of one manager: the one that goes, and the one that stays. */
export interface Merge {
  readonly from: PayerKey;
  readonly into: PayerKey;
}

/** @throws not_found when the manager lacks one of them, merge_refused for one and the same */
async function findBoth(trx: Knex, { from, into }: Merge): Promise<Payer> {
  if (from.payerId === into.payerId) throw new ApiError('merge_refused');
  const both = await Payer.query(trx)
    .where('manager_id', from.managerId)
    .whereIn('id', [from.payerId, into.payerId])
    .orderBy('id')
    .forUpdate();
  const removed = both.find(({ id }) => id === from.payerId);
  if (!removed || both.length < 2) throw new ApiError('not_found');
  return removed;
}

const accountOf = (links: readonly PayerAccount[], { payerId }: PayerKey): string | undefined =>
  links.find((link) => link.payerId === payerId)?.accountId;

/**
 * Whether the one that goes alone has an account, which then moves.
 * @throws merge_refused when they belong to different people
 */
async function movesAccount(trx: Knex, { from, into }: Merge): Promise<boolean> {
  const links = await PayerAccount.query(trx)
    .where('manager_id', from.managerId)
    .whereIn('payer_id', [from.payerId, into.payerId])
    .orderBy('payer_id')
    .forUpdate();
  const [leaving, staying] = [accountOf(links, from), accountOf(links, into)];
  if (leaving !== undefined && staying !== undefined && leaving !== staying) throw new ApiError('merge_refused');
  return leaving !== undefined && staying === undefined;
}

const countOf = async (trx: Knex, table: string, { managerId, payerId }: PayerKey): Promise<number> => {
  const [row]: { count: number }[] = await trx(table)
    .where({ manager_id: managerId, payer_id: payerId })
    .count('* as count');
  return row?.count ?? 0;
};

/**
 * What a merge would move, and how many slip passwords it would void.
 * @throws not_found, merge_refused
 */
export const previewMerge = (db: Knex, merge: Merge) =>
  transaction(db, async (trx) => {
    await findBoth(trx, merge);
    return {
      movesAccount: await movesAccount(trx, merge),
      slips: await countOf(trx, 'slips', merge.from),
      slipPasswords: await openSlipPasswords(trx, merge.from).resultSize(),
      requests: await countOf(trx, 'e_invoice_requests', merge.from),
    };
  });

/**
 * Holds back what goes by payers that are about to move: slip passwords that are issued or redeemed, imports that are
 * confirmed, and the mails of a publication, which go through the payers in the order of their ids and begin anew (no
 * slip is mailed twice). What is written at this moment has found its payers already.
 * @throws import_running
 */
async function holdOthers(trx: Knex, managerId: string): Promise<void> {
  await trx('slip_mailings').where({ manager_id: managerId, kind: 'slip-pdf' }).update({ after_id: '' });
  if (isMysql(trx)) await trx('managers').where({ id: managerId }).forUpdate().first('id');
  const writing = await Import.query(trx).findOne({ manager_id: managerId, state: 'writing' });
  if (writing) throw new ApiError('import_running');
}

/** A draft that is being thrown away has found its payers, too. */
async function holdDrafts(trx: Knex, { managerId, payerId }: PayerKey): Promise<void> {
  const slips = trx('slips').where({ manager_id: managerId, payer_id: payerId }).select('run_id');
  const drafts = trx('billing_runs')
    .where({ manager_id: managerId, state: 'draft' })
    .whereIn('id', slips)
    .orderBy('id');
  await (isMysql(trx) ? drafts.forUpdate() : drafts).select('id');
}

async function moveAccount(trx: Knex, { from, into }: Merge, now: string): Promise<void> {
  await moveRows(trx, 'payer_accounts', { from, into });
  // What they would be good for is done, as after a registration.
  await openSlipPasswords(trx, into).patch({ revokedAt: now });
}

/**
 * Of two open requests that of the payer who stays is the one that counts. Read with a lock: it may have been made, or
 * decided, after this transaction began to read.
 */
async function moveRequests(trx: Knex, { from, into }: Merge, now: string): Promise<void> {
  if (await findOpenRequest(trx, into).forUpdate()) await withdrawOpenRequest(trx, from, now);
  await moveRows(trx, 'e_invoice_requests', { from, into });
}

const moveRows = (trx: Knex, table: string, { from, into }: Merge): Promise<number> =>
  trx(table).where({ manager_id: from.managerId, payer_id: from.payerId }).update({ payer_id: into.payerId });

/** Whom a file was printed for is kept as ids in a text. */
async function movePrinted(trx: Knex, { from, into }: Merge): Promise<void> {
  await trx('print_runs')
    .where('manager_id', from.managerId)
    .where('selection', 'like', `%${from.payerId}%`)
    .update({ selection: trx.raw('replace(selection, ?, ?)', [from.payerId, into.payerId]) });
}

async function moveAll(trx: Knex, merge: Merge, now: string): Promise<{ slips: number; movesAccount: boolean }> {
  const { from, into } = merge;
  const isMoved = await movesAccount(trx, merge);
  await openSlipPasswords(trx, from).patch({ revokedAt: now });
  if (isMoved) await moveAccount(trx, merge, now);
  await moveRequests(trx, merge, now);
  await moveRows(trx, 'slip_passwords', merge);
  await moveRows(trx, 'channel_changes', merge);
  const slips = await moveRows(trx, 'slips', merge);
  await movePrinted(trx, merge);
  // With it goes what is left: its units, and the link to an account that holds both.
  await Payer.query(trx).deleteById([from.managerId, from.payerId]);
  await refreshPayerUnits(trx, into.managerId, [into.payerId]);
  return { slips, movesAccount: isMoved };
}

/**
 * Makes two payers one: slips, account, requests and history of the first move to the second, and the first is gone.
 * The trail keeps its id and code with the one that stays, whose events include those of the other.
 * @throws not_found, merge_refused, import_running
 */
export async function mergePayers(
  { db, clock, audit }: Pick<Services, 'db' | 'clock' | 'audit'>,
  call: Caller,
  merge: Merge,
): Promise<void> {
  const { from, into } = merge;
  const { managerId } = from;
  await transaction(db, async (trx) => {
    await holdOthers(trx, managerId);
    const removed = await findBoth(trx, merge);
    await holdDrafts(trx, from);
    const moved = await moveAll(trx, merge, toInstant(clock()));
    await raiseBillingVersion(trx, managerId);
    const subject = { kind: 'payer', id: into.payerId };
    const details = { removedId: from.payerId, removed: removed.code, ...moved };
    await audit.record(trx, { action: 'payer.merged', managerId, ...whoOf(call), subject, details });
  });
}
