import type { Knex } from 'knex';
import type { Channel } from '../../../contract/slips.ts';
import { rowsOf } from '../../db/bulk.ts';
import { planOf } from '../../db/plan.ts';
import { selectRows } from '../../db/select.ts';

/** `2026-11` and the eleven before it, oldest first. */
export function lastMonths(now: Date, count = 12): string[] {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  return Array.from({ length: count }, (_, at) =>
    new Date(Date.UTC(year, month - count + 1 + at, 1)).toISOString().slice(0, 7),
  );
}

const firstMoment = '1000-01-01 00:00:00.000';

/**
 * How many rows there were at the end of each month, by the moment they came to be. Counted month by month, each a range
 * of the index that has the moments; grouping by month would make a text of each of a hundred thousand.
 */
async function countUntil(
  db: Knex,
  { table, column, index }: { table: string; column: string; index: string },
  managerId: string,
  months: readonly string[],
): Promise<number[]> {
  const from = `select count(*) as count from ${table} ${planOf(db).by(index)} where manager_id = ? and ${column} >= ?`;
  const starts = months.map((month) => `${month}-01 00:00:00.000`);
  // All before the second month, each of the others, and the last with whatever is said to be of the future.
  const ranges = months.map((_, at) => [at === 0 ? firstMoment : starts[at]!, starts[at + 1]] as const);
  let total = 0;
  const totals: number[] = [];
  for (const [since, until] of ranges) {
    const before = until === undefined ? { sql: '', values: [] } : { sql: ` and ${column} < ?`, values: [until] };
    const [row] = await selectRows<{ count: number }>(db, from + before.sql, [managerId, since, ...before.values]);
    totals.push((total += row?.count ?? 0));
  }
  return totals;
}

export async function registrationsOf(db: Knex, managerId: string, now: Date) {
  const months = lastMonths(now);
  const created = { table: 'payers', column: 'created_at', index: 'payers_created_ix' };
  const linked = { table: 'payer_accounts', column: 'linked_at', index: 'payer_accounts_linked_ix' };
  const [payers, registered] = await Promise.all([
    countUntil(db, created, managerId, months),
    countUntil(db, linked, managerId, months),
  ]);
  return {
    payers: payers.at(-1)!,
    registered: registered.at(-1)!,
    months: months.map((month, at) => ({ month, payers: payers[at]!, registered: registered[at]! })),
  };
}

interface BuildingRow {
  readonly id: string;
  readonly name: string;
  readonly payers: number;
  readonly registered: number;
}

const shownBuildings = 8;

/** The buildings with the most payers who have no account. A payer with units in two is counted in both. */
export async function buildingsOf(db: Knex, managerId: string) {
  const { inOrder, byKey, by } = planOf(db);
  const sql = `
    select c.building_id as id, b.name, c.payers, c.registered
    from (select ${inOrder} u.building_id, count(distinct u.payer_id) as payers, count(distinct a.payer_id) as registered
      from payer_units u ${by('payer_units_building_ix')}
        left join payer_accounts a ${byKey} on a.manager_id = u.manager_id and a.payer_id = u.payer_id
      where u.manager_id = ? group by u.building_id) c
    join buildings b on b.manager_id = ? and b.id = c.building_id
    order by c.payers - c.registered desc, b.name`;
  const rows = rowsOf<BuildingRow>(await db.raw(sql, [managerId, managerId]));
  const items = rows.slice(0, shownBuildings);
  return { items: items.map((row) => ({ ...row })), others: rows.length - items.length };
}

export async function channelsOf(db: Knex, managerId: string) {
  const byChannel = planOf(db).by('payers_channel_ix');
  const sql = `select channel, count(*) as payers from payers ${byChannel} where manager_id = ? group by channel`;
  const rows = rowsOf<{ channel: Channel; payers: number }>(await db.raw(sql, [managerId]));
  return { channels: rows.map((row) => ({ ...row })) };
}
