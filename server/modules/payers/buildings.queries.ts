import type { Knex } from 'knex';
import { z } from 'zod';
import { ApiError } from '../../http/api-error.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import { Building } from '../../models/building.ts';
import type { PageQuery } from './payer-slips.queries.ts';
import { foldText } from './search-text.ts';

/** @throws not_found when the manager has no such building */
export async function assertBuilding(db: Knex, managerId: string, id: string): Promise<void> {
  if (!(await Building.query(db).findById([managerId, id]))) throw new ApiError('not_found');
}

interface BuildingRow {
  readonly id: string;
  readonly name: string;
}

interface BuildingQuery extends PageQuery {
  readonly search?: string | undefined;
  readonly id?: string | undefined;
}

const pageKey = z.tuple([z.string().min(1).max(200)]);

const collator = new Intl.Collator('sl', { numeric: true });
const byName = (one: BuildingRow, other: BuildingRow): number =>
  collator.compare(one.name, other.name) || (one.name < other.name ? -1 : Number(one.name > other.name));

async function payersIn(db: Knex, managerId: string, ids: readonly string[]): Promise<Map<string, number>> {
  const rows: { id: string; payers: number }[] = await db('payer_units')
    .where('manager_id', managerId)
    .whereIn('building_id', [...ids])
    .groupBy('building_id')
    .select('building_id as id')
    .countDistinct('payer_id as payers');
  return new Map(rows.map(({ id, payers }) => [id, payers]));
}

/**
 * A page of the manager's buildings by name, as people sort house numbers. A manager has some hundred: they are searched
 * and sorted here, where č is found by c.
 */
export async function pageOfBuildings(db: Knex, managerId: string, { search = '', id, cursor, limit }: BuildingQuery) {
  const words = foldText(search).split(' ');
  const key = id === undefined ? { manager_id: managerId } : { manager_id: managerId, id };
  const all: BuildingRow[] = await db('buildings').where(key).select('id', 'name');
  const after = cursor === undefined ? undefined : { id: '', name: decodeCursor(cursor, pageKey)[0] };
  const left = all
    .filter(({ name }) => words.every((word) => foldText(name).includes(word)))
    .filter((row) => after === undefined || byName(row, after) > 0)
    .sort(byName);
  const { items, nextCursor } = cutPage(left, limit, ({ name }) => [name]);
  const payers = await payersIn(db, managerId, items.map(({ id }) => id)); // prettier-ignore
  return { items: items.map((row) => ({ ...row, payers: payers.get(row.id) ?? 0 })), nextCursor };
}
