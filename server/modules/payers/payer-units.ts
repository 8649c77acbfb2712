import type { Knex } from 'knex';
import { breathe, insertRows, rowsOf } from '../../db/bulk.ts';
import { isMysql } from '../../db/connect.ts';
import { planOf } from '../../db/plan.ts';
import { updateRows } from '../../db/update-rows.ts';
import { foldText } from './search-text.ts';

interface UnitOfPayer {
  readonly payerId: string;
  readonly unitId: string;
  readonly buildingId: string;
  readonly period: string;
  readonly building: string;
  readonly unit: string;
}

const marks = (values: readonly string[]): string => values.map(() => '?').join(', ');

/** What the slips of each payer's newest period are about, drafts too: the office may know them before the resident. */
async function unitsOnSlips(trx: Knex, managerId: string, payerIds: readonly string[]): Promise<UnitOfPayer[]> {
  const { inOrder, join, byKey, by } = planOf(trx);
  const byPayer = by('slips_payer_ix');
  return rowsOf<UnitOfPayer>(
    await trx.raw(
      `select ${inOrder} distinct s.payer_id as payerId, x.unit_id as unitId, u.building_id as buildingId, s.period,
         b.name as building, u.name as unit
       from (select payer_id, max(period) as period from slips ${byPayer}
         where manager_id = ? and payer_id in (${marks(payerIds)}) group by payer_id) n
       ${join} slips s ${byPayer} on s.manager_id = ? and s.payer_id = n.payer_id and s.period = n.period
       ${join} slip_units x ${byKey} on x.manager_id = s.manager_id and x.slip_id = s.id
       ${join} units u ${byKey} on u.manager_id = x.manager_id and u.id = x.unit_id
       ${join} buildings b ${byKey} on b.manager_id = u.manager_id and b.id = u.building_id
       order by payerId, building, unit`,
      [managerId, ...payerIds, managerId],
    ),
  );
}

/** So much of it is searched: some two thousand units. */
const longestText = 8_000;

/** A payer's units as they are searched: each building once, and what it has there. */
function unitSearchText(units: readonly UnitOfPayer[]): string {
  const byBuilding = Map.groupBy(units, ({ building }) => building);
  const parts = [...byBuilding].flatMap(([building, there]) => [building, ...there.map(({ unit }) => unit)]);
  return foldText(parts.join(' ')).slice(0, longestText);
}

/** Whether two sets of units, each in any order, are the same. */
const signature = (units: readonly Pick<UnitOfPayer, 'unitId' | 'period'>[]): string =>
  units.map(({ unitId, period }) => `${unitId} ${period}`).sort().join(); // prettier-ignore

interface Kept {
  readonly unitSearch: ReadonlyMap<string, string>;
  readonly units: ReadonlyMap<string, readonly Pick<UnitOfPayer, 'unitId' | 'period'>[]>;
}

async function keptOf(trx: Knex, managerId: string, payerIds: readonly string[]): Promise<Kept> {
  const payers = await trx('payers')
    .where({ manager_id: managerId })
    .whereIn('id', payerIds)
    .select<{ id: string; unitSearch: string }[]>({ id: 'id', unitSearch: 'unit_search' });
  const units = await trx('payer_units')
    .where({ manager_id: managerId })
    .whereIn('payer_id', payerIds)
    .select<UnitOfPayer[]>({ payerId: 'payer_id', unitId: 'unit_id', period: 'period' });
  return {
    unitSearch: new Map(payers.map(({ id, unitSearch }) => [id, unitSearch])),
    units: Map.groupBy(units, ({ payerId }) => payerId),
  };
}

const columns = ['manager_id', 'payer_id', 'unit_id', 'building_id', 'period'] as const;

/** From month to month hardly anything changes: what is right already is not written again. */
async function refreshSome(trx: Knex, managerId: string, payerIds: readonly string[]): Promise<void> {
  const fresh = Map.groupBy(await unitsOnSlips(trx, managerId, payerIds), ({ payerId }) => payerId);
  const kept = await keptOf(trx, managerId, payerIds);
  const present = payerIds.filter((id) => kept.unitSearch.has(id));
  const changed = present.filter((id) => signature(fresh.get(id) ?? []) !== signature(kept.units.get(id) ?? []));
  const had = changed.filter((id) => kept.units.has(id));
  if (had.length > 0) await trx('payer_units').where({ manager_id: managerId }).whereIn('payer_id', had).delete();
  const rows = changed.flatMap((id) => fresh.get(id) ?? []);
  await insertRows(
    trx,
    'payer_units',
    columns,
    rows.map(({ payerId, unitId, buildingId, period }) => [managerId, payerId, unitId, buildingId, period]),
  );
  const texts = present.map((id) => [id, unitSearchText(fresh.get(id) ?? [])] as const);
  const newTexts = texts.filter(([id, text]) => text !== kept.unitSearch.get(id));
  await updateRows(trx, { table: 'payers', managerId, column: 'unit_search', length: longestText }, newTexts);
}

/**
 * Brings the units of these payers (`payer_units`, and the text by which they are searched) up to date, once slips of
 * theirs have come or gone: what the list, the choice of a building and the search go by. The last work on these slips,
 * in its transaction. Payers that are gone are passed over.
 */
export async function refreshPayerUnits(trx: Knex, managerId: string, payerIds: Iterable<string>): Promise<void> {
  const ids = [...new Set(payerIds)];
  // On the embedded database each statement keeps the event loop; MariaDB makes a table of a list of a thousand ids, and
  // plans anew without their index.
  const atOnce = isMysql(trx) ? 500 : 100;
  for (let start = 0; start < ids.length; start += atOnce) {
    await refreshSome(trx, managerId, ids.slice(start, start + atOnce));
    if (start > 0) await breathe();
  }
}
