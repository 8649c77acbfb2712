import type { Knex } from 'knex';
import { isMysql } from '../../db/connect.ts';
import { toDay, toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { BillingRun } from '../../models/billing-run.ts';
import { Slip } from '../../models/slip.ts';
import type { Services } from '../../services.ts';
import type { SummaryRow } from './slips.queries.ts';

type OpenedSlip = Pick<SummaryRow, 'managerId' | 'id' | 'runId' | 'firstOpenedAt'>;

/** Adds to the day's count of the run, which one statement does however many open at once. */
async function count(trx: Knex, { managerId, runId }: OpenedSlip, day: string, slips: number): Promise<void> {
  const more = isMysql(trx)
    ? 'on duplicate key update slips = slips + values(slips)'
    : 'on conflict (manager_id, run_id, day) do update set slips = run_openings.slips + excluded.slips';
  const sql = `insert into run_openings (manager_id, run_id, day, slips) values (?, ?, ?, ?) ${more}`;
  await trx.raw(sql, [managerId, runId, day, slips]);
}

/** The slips of one run. Whoever takes the run back waits for this, and this for them: the run's row is locked. */
async function openOfRun(trx: Knex, slips: readonly [OpenedSlip, ...OpenedSlip[]], now: Date): Promise<void> {
  const [{ managerId, runId }] = slips;
  const run = await BillingRun.query(trx)
    .findOne({ manager_id: managerId, id: runId, state: 'published' })
    .select('id')
    .forShare();
  if (!run) throw new ApiError('not_found');
  const ids = slips.map(({ id }) => id);
  const opened = await Slip.query(trx)
    .where({ manager_id: managerId })
    .whereIn('id', ids)
    .whereNull('first_opened_at')
    .patch({ firstOpenedAt: toInstant(now) });
  if (opened > 0) await count(trx, slips[0], toDay(now), opened);
}

/**
 * Keeps when residents first got these slips. Before they get them, for a run that somebody has opened cannot be taken
 * back any more; and once a slip, so that all later times cost nothing.
 * @throws not_found when a run was taken back meanwhile
 */
export async function openSlips(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  slips: readonly OpenedSlip[],
): Promise<void> {
  const fresh = slips.filter(({ firstOpenedAt }) => firstOpenedAt === null);
  for (const [, ofRun] of Map.groupBy(fresh, ({ managerId, runId }) => `${managerId} ${runId}`)) {
    await transaction(db, (trx) => openOfRun(trx, ofRun as [OpenedSlip, ...OpenedSlip[]], clock()));
  }
}
