import type { Knex } from 'knex';
import type { ImportPreview } from '../../../../contract/imports.ts';
import { rowsOf } from '../../../db/bulk.ts';
import { planOf } from '../../../db/plan.ts';
import { bindings, isOurs, type StagedImport } from '../staging/staged-import.ts';
import { compareBuildings, compareItems, sumsBefore, sumsOfFile } from './building-sums.ts';
import { listed, monthsBefore } from './month-before.ts';
import { compare } from './outliers.ts';
import { countPayers } from './payer-changes.ts';
import { countSlips } from './slip-changes.ts';
import type { Before, StoredBuilding, StoredPreview } from './stored-preview.ts';

/** The contract shows so many; the largest come first. */
const shownItems = 100;

interface Part {
  readonly period: string;
  readonly building: string;
  readonly slips: number;
  readonly cents: number;
}

const partsOfFile = async (db: Knex, staged: StagedImport): Promise<Part[]> =>
  rowsOf<Part>(
    await db.raw(
      `select b.period, b.building, b.slips, b.total_cents as cents from import_buildings b where ${isOurs('b')}`,
      bindings(staged),
    ),
  );

const slipsByPeriod = async (db: Knex, staged: StagedImport): Promise<{ period: string; slips: number }[]> =>
  rowsOf<{ period: string; slips: number }>(
    await db.raw(
      `select s.period, count(*) as slips from import_slips s where ${isOurs('s')} group by s.period order by s.period`,
      bindings(staged),
    ),
  );

/** The buildings of published runs, in the period of the file that they are compared with. */
async function partsBefore(db: Knex, managerId: string, befores: readonly Before[]): Promise<Part[]> {
  const { inOrder, byKey } = planOf(db);
  const parts: Part[] = [];
  for (const { period, runIds } of befores) {
    const runs = listed(runIds);
    const found: unknown = await db.raw(
      `select ${inOrder} b.name as building, r.slips, r.total_cents as cents
       from run_buildings r ${byKey} join buildings b ${byKey} on b.manager_id = r.manager_id and b.id = r.building_id
       where r.manager_id = ? and r.run_id in ${runs.sql}`,
      [managerId, ...runs.values],
    );
    for (const part of rowsOf<Omit<Part, 'period'>>(found)) parts.push({ ...part, period });
  }
  return parts;
}

/**
 * The buildings that other files have brought for the same periods: an office that sends a file for each building does
 * not want to read every time that all the others have vanished.
 */
async function buildingsElsewhere(db: Knex, { managerId, importId }: StagedImport, periods: readonly string[]) {
  const found: { name: string }[] = await db('billing_runs as r')
    .join('run_buildings as rb', { 'rb.manager_id': 'r.manager_id', 'rb.run_id': 'r.id' })
    .join('buildings as b', { 'b.manager_id': 'rb.manager_id', 'b.id': 'rb.building_id' })
    .where('r.manager_id', managerId)
    .whereNot('r.import_id', importId)
    .whereIn('r.period', [...periods])
    .whereIn('r.state', ['draft', 'published'])
    .distinct('b.name');
  return new Set(found.map(({ name }) => name));
}

const add = <Row>(rows: readonly Row[], value: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + value(row), 0);

/** Everything that is compared, the month before without the buildings that are in other files. */
async function gather(db: Knex, staged: StagedImport) {
  const slips = await slipsByPeriod(db, staged);
  const periods = slips.map(({ period }) => period);
  const befores = await monthsBefore(db, staged, periods);
  const parts = await partsOfFile(db, staged);
  const ours = new Set(parts.map(({ building }) => building));
  const elsewhere = await buildingsElsewhere(db, staged, periods);
  const isMeant = (row: { building: string }) => ours.has(row.building) || !elsewhere.has(row.building);
  const allBefore = await partsBefore(db, staged.managerId, befores);
  const then = allBefore.filter(isMeant);
  const sums = await sumsOfFile(db, staged);
  // A file of several months, one of which has nothing before it, could be compared only in part: then it is not.
  const isComparable = befores.every(({ before }) => before !== null);
  const sumsThen = isComparable ? (await sumsBefore(db, staged.managerId, befores)).filter(isMeant) : undefined;
  return { slips, befores, parts, ours, then, isWhole: then.length === allBefore.length, sums, sumsThen };
}

type Gathered = Awaited<ReturnType<typeof gather>>;

function comparePeriods({ slips, befores, parts, then, isWhole }: Gathered): ImportPreview['periods'] {
  return befores.map(({ period, before, slips: allBefore }) => {
    const [now, earlier] = [parts, then].map((rows) => rows.filter((row) => row.period === period)) as [Part[], Part[]];
    const count = slips.find((one) => one.period === period)?.slips ?? 0;
    const slipsBefore = isWhole ? allBefore : add(earlier, (part) => part.slips);
    return {
      ...compare(add(now, ({ cents }) => cents), before === null ? null : add(earlier, ({ cents }) => cents), count), // prettier-ignore
      period,
      slips: count,
      before: before === null ? null : { period: before, slips: slipsBefore },
    };
  });
}

/** Slips with items in a building; where a building has none any more, of the month before. */
function slipsOfBuildings({ parts, then }: Gathered): (building: string) => number {
  const slips = new Map<string, number>();
  for (const rows of [then, parts]) {
    for (const [building, some] of Map.groupBy(rows, (part) => part.building)) {
      slips.set(building, add(some, (part) => part.slips)); // prettier-ignore
    }
  }
  return (building) => slips.get(building) ?? 1;
}

/**
 * Counts what an import would change, from what is staged of it; nothing is written. The file is compared with the
 * newest published month before each of its periods, by the sums that are kept with each run.
 */
export async function countPreview(
  db: Knex,
  staged: StagedImport,
  { now, present }: { readonly now: Date; readonly present: ReadonlySet<string> },
): Promise<StoredPreview> {
  const all = await gather(db, staged);
  const befores = all.befores.map(({ period, before, runIds }) => ({ period, before, runIds }));
  const buildings = compareBuildings(all.sums, all.sumsThen, slipsOfBuildings(all));
  const allSlips = add(all.slips, ({ slips }) => slips);
  const stored = { present: [...present], befores };
  return {
    ...stored,
    numbers: {
      countedAt: now.toISOString(),
      periods: comparePeriods(all),
      payers: await countPayers(db, staged, stored),
      slips: await countSlips(db, staged, befores),
      buildings: all.ours.size,
      outlierBuildings: buildings.filter(({ isOutlier }) => isOutlier).length,
      items: compareItems(all.sums, all.sumsThen, allSlips).slice(0, shownItems),
    },
    buildings: buildings.map(({ building, cents, beforeCents, isOutlier, slips }): StoredBuilding => [
      ...([building, cents, beforeCents, isOutlier, slips] as const),
    ]),
  };
}
