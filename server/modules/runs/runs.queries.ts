import type { Knex } from 'knex';
import { z } from 'zod';
import { idSchema } from '../../../contract/schemas/text.ts';
import { periodSchema } from '../../../contract/schemas/time.ts';
import type { Channel } from '../../../contract/slips.ts';
import { planOf } from '../../db/plan.ts';
import { selectRows } from '../../db/select.ts';
import { ApiError } from '../../http/api-error.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import { BillingRun } from '../../models/billing-run.ts';

/** A run with what its slips come to. */
export interface RunRow extends Pick<BillingRun, 'id' | 'period' | 'state' | 'publishedAt'> {
  readonly slips: number;
  readonly totalCents: number;
}

/** @throws not_found: also for another manager's */
export async function findRun(db: Knex, managerIds: readonly string[], id: string): Promise<BillingRun> {
  const run = await BillingRun.query(db).whereIn('manager_id', managerIds).findOne({ id });
  if (!run) throw new ApiError('not_found');
  return run;
}

/** The slips of each of these runs, counted and added up from their index alone. */
async function summed(db: Knex, managerId: string, runs: readonly BillingRun[]): Promise<RunRow[]> {
  const sums: { runId: string; slips: number; totalCents: number }[] = await db('slips')
    .where('manager_id', managerId)
    .whereIn(
      'run_id',
      runs.map(({ id }) => id),
    ) // prettier-ignore
    .groupBy('run_id')
    .select('run_id as runId')
    .count('* as slips')
    .sum('total_cents as totalCents');
  const byRun = new Map(sums.map((sum) => [sum.runId, sum]));
  return runs.map(({ id, period, state, publishedAt }) => {
    const { slips = 0, totalCents = 0 } = byRun.get(id) ?? {};
    return { id, period, state, publishedAt, slips, totalCents };
  });
}

export const sumOf = async (db: Knex, run: BillingRun): Promise<RunRow> => (await summed(db, run.managerId, [run]))[0]!;

const pageKey = z.tuple([periodSchema, idSchema]);

/** A page of a manager's runs, the newest period first. */
export async function pageOfRuns(
  db: Knex,
  managerId: string,
  page: { readonly cursor?: string | undefined; readonly limit: number },
) {
  const query = BillingRun.query(db).where({ manager_id: managerId }).orderBy('period', 'desc').orderBy('id', 'desc');
  if (page.cursor !== undefined) void query.whereRaw('(period, id) < (?, ?)', decodeCursor(page.cursor, pageKey));
  const rows = await query.limit(page.limit + 1);
  const { items, nextCursor } = cutPage(rows, page.limit, ({ period, id }) => [period, id]);
  return { items: await summed(db, managerId, items), nextCursor };
}

/** How many slips of the run have something of a building on them, by the building's name. */
export async function buildingsOf(db: Knex, { managerId, id }: BillingRun) {
  const { inOrder, byKey } = planOf(db);
  const sql = `
    select ${inOrder} b.id, b.name, count(distinct s.id) as slips
    from slips s
      join slip_items i ${byKey} on i.manager_id = s.manager_id and i.slip_id = s.id
      join units u ${byKey} on u.manager_id = i.manager_id and u.id = i.unit_id
      join buildings b ${byKey} on b.manager_id = u.manager_id and b.id = u.building_id
    where s.manager_id = ? and s.run_id = ? group by b.id, b.name order by b.name`;
  return selectRows<{ id: string; name: string; slips: number }>(db, sql, [managerId, id]);
}

export async function channelsOf(db: Knex, { managerId, id }: BillingRun) {
  const channels: { channel: Channel; slips: number }[] = await db('slips as s')
    .join('payers as p', { 'p.manager_id': 's.manager_id', 'p.id': 's.payer_id' })
    .where({ 's.manager_id': managerId, 's.run_id': id })
    .groupBy('p.channel')
    .select('p.channel')
    .count('* as slips');
  return channels;
}
