import type { Knex } from 'knex';
import { rowsOf } from '../../../db/bulk.ts';
import { planOf } from '../../../db/plan.ts';
import { bindings, isOurs, type StagedImport } from '../staging/staged-import.ts';
import { listed } from './month-before.ts';
import { byWeight, compare, type Compared } from './outliers.ts';
import type { Before } from './stored-preview.ts';

/** What the items with one description come to in a building, in all periods of the file together. */
export interface Sum {
  readonly building: string;
  readonly description: string;
  readonly items: number;
  readonly cents: number;
}

export interface ComparedItem extends Compared {
  readonly description: string;
  /** Of this file. */
  readonly count: number;
}

export interface ComparedBuilding extends Compared {
  readonly building: string;
  readonly slips: number;
  /** Outliers and the largest first. */
  readonly items: ComparedItem[];
}

const named = (names: readonly string[] | undefined, column: string) =>
  names === undefined ? { sql: '', values: [] } : { sql: `and ${column} in ${listed(names).sql}`, values: names };

/** Of the file; of some buildings alone when they are named. */
export async function sumsOfFile(db: Knex, staged: StagedImport, names?: readonly string[]): Promise<Sum[]> {
  const some = named(names, 's.building');
  return rowsOf<Sum>(
    await db.raw(
      `select s.building, s.description, sum(s.items) as items, sum(s.cents) as cents from import_sums s
       where ${isOurs('s')} ${some.sql} group by s.building, s.description`,
      [...bindings(staged), ...some.values],
    ),
  );
}

/** Of the months before. A month that stands before two periods of the file counts twice. */
export async function sumsBefore(
  db: Knex,
  managerId: string,
  befores: readonly Before[],
  names?: readonly string[],
): Promise<Sum[]> {
  const { inOrder, byKey } = planOf(db);
  const some = named(names, 'b.name');
  const sums: Sum[] = [];
  for (const { runIds } of befores) {
    const runs = listed(runIds);
    const found: unknown = await db.raw(
      `select ${inOrder} b.name as building, r.description, r.items, r.cents
       from run_sums r ${byKey} join buildings b ${byKey} on b.manager_id = r.manager_id and b.id = r.building_id
       where r.manager_id = ? and r.run_id in ${runs.sql} ${some.sql}`,
      [managerId, ...runs.values, ...some.values],
    );
    for (const sum of rowsOf<Sum>(found)) sums.push(sum);
  }
  return sums;
}

interface Pair {
  cents: number;
  before: number;
  count: number;
}

function pair(pairs: Map<string, Pair>, key: string): Pair {
  const known = pairs.get(key) ?? { cents: 0, before: 0, count: 0 };
  pairs.set(key, known);
  return known;
}

/** The items of some sums by description, outliers and the largest first. `slips` share them. */
export function compareItems(now: readonly Sum[], before: readonly Sum[] | undefined, slips: number): ComparedItem[] {
  const pairs = new Map<string, Pair>();
  for (const { description, cents, items } of now) {
    const it = pair(pairs, description);
    it.cents += cents;
    it.count += items;
  }
  for (const { description, cents } of before ?? []) pair(pairs, description).before += cents;
  return [...pairs]
    .map(([description, it]) => ({
      ...compare(it.cents, before ? it.before : null, slips),
      description,
      count: it.count,
    }))
    .sort(byWeight);
}

/**
 * Buildings with their items beside those of the month before (undefined: there is none), outliers and the largest
 * first. A building of which one item is an outlier is one: the item may be lacking on all of its slips.
 */
export function compareBuildings(
  now: readonly Sum[],
  before: readonly Sum[] | undefined,
  slipsOf: (building: string) => number,
): ComparedBuilding[] {
  const sumsNow = Map.groupBy(now, ({ building }) => building);
  const sumsThen = Map.groupBy(before ?? [], ({ building }) => building);
  const add = (sums: readonly Sum[]): number => sums.reduce((sum, { cents }) => sum + cents, 0);
  return [...new Set([...sumsNow.keys(), ...sumsThen.keys()])]
    .map((building) => {
      const [ours, theirs] = [sumsNow.get(building) ?? [], before && (sumsThen.get(building) ?? [])];
      const slips = slipsOf(building);
      const items = compareItems(ours, theirs, slips);
      const whole = compare(add(ours), theirs ? add(theirs) : null, slips);
      return { ...whole, isOutlier: whole.isOutlier || items.some((item) => item.isOutlier), building, slips, items };
    })
    .sort(byWeight);
}
