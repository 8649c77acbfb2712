import type { Knex } from 'knex';
import type { PrintSelection } from '../../../contract/print-runs.ts';
import { breathe } from '../../db/bulk.ts';
import { planOf } from '../../db/plan.ts';
import { type Addressee, postalKey } from './postal-order.ts';

const hasAccount = 'exists (select 1 from payer_accounts a where a.manager_id = p.manager_id and a.payer_id = p.id)';

/** The slips of a selection, whose run is the manager's, with their payers. */
function selected(db: Knex, managerId: string, selection: PrintSelection): Knex.QueryBuilder {
  const { runId, buildingIds, payerIds, channels, withoutAccount } = selection;
  const query = db('slips as s')
    .join('payers as p', { 'p.manager_id': 's.manager_id', 'p.id': 's.payer_id' })
    .where({ 's.manager_id': managerId, 's.run_id': runId });
  if (payerIds) void query.whereIn('s.payer_id', payerIds);
  if (channels) void query.whereIn('p.channel', channels);
  if (withoutAccount) void query.whereRaw(`not ${hasAccount}`);
  if (buildingIds) void query.whereRaw(hasItemIn(db, buildingIds.length), [...buildingIds]);
  return query;
}

const hasItemIn = (db: Knex, buildings: number): string => {
  const { inOrder, byKey } = planOf(db);
  return `exists (
    select ${inOrder} 1 from slip_units x ${byKey}
      join units u ${byKey} on u.manager_id = x.manager_id and u.id = x.unit_id
    where x.manager_id = s.manager_id and x.slip_id = s.id
      and u.building_id in (${Array.from({ length: buildings }, () => '?').join(', ')}))`;
};

export interface SelectionCounts {
  readonly slips: number;
  readonly withoutAccount: number;
  readonly incompleteAddresses: number;
}

export async function countSelection(db: Knex, managerId: string, selection: PrintSelection): Promise<SelectionCounts> {
  const counts = await selected(db, managerId, selection).first<SelectionCounts>(
    db.raw('count(*) as slips'),
    db.raw(`coalesce(sum(case when ${hasAccount} then 0 else 1 end), 0) as withoutAccount`),
    db.raw(`count(distinct case when trim(p.street) = '' or trim(p.town) = '' then p.id end) as incompleteAddresses`),
  );
  return counts;
}

/** What is to be printed, in the order of the pages. */
export interface SelectedSlips {
  readonly slipIds: readonly string[];
  /** Payers of these slips who have no account. */
  readonly withoutAccount: readonly string[];
}

interface Row extends Addressee {
  readonly id: string;
  readonly payerId: string;
  readonly isFree: number;
}

const rowsAtOnce = 5_000;

async function* rowsOf(db: Knex, managerId: string, selection: PrintSelection): AsyncGenerator<Row[]> {
  let after = '';
  for (;;) {
    const rows: Row[] = await selected(db, managerId, selection)
      .where('s.id', '>', after)
      .orderBy('s.id')
      .limit(rowsAtOnce)
      .select('s.id', 's.payer_id as payerId', 's.number', 'p.code', 'p.street', 'p.town')
      .select(db.raw(`case when ${hasAccount} then 0 else 1 end as isFree`));
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.id;
    await breathe();
  }
}

const inOrder = (a: { readonly key: string }, b: { readonly key: string }): number =>
  a.key < b.key ? -1 : a.key > b.key ? 1 : 0;

/**
 * The slips of a selection in postal order. Their ids are all in memory, 10 MB for a hundred thousand slips: no database
 * sorts house numbers as people do, and what is printed is settled before its first page.
 */
export async function selectSlips(db: Knex, managerId: string, selection: PrintSelection): Promise<SelectedSlips> {
  const keyed: { id: string; key: string }[] = [];
  const withoutAccount = new Set<string>();
  for await (const rows of rowsOf(db, managerId, selection)) {
    for (const row of rows) {
      keyed.push({ id: row.id, key: postalKey(row) });
      if (row.isFree === 1) withoutAccount.add(row.payerId);
    }
  }
  keyed.sort(inOrder);
  return { slipIds: keyed.map(({ id }) => id), withoutAccount: [...withoutAccount] };
}
