import type { Knex } from 'knex';
import { overwrite, rowsOf } from '../../../db/bulk.ts';
import { newIdSql } from '../../../db/id.ts';
import { inRange, type Range } from './ranges.ts';
import { bindings, isOurs, type StagedImport } from './staged-import.ts';
import { differs, presentColumns } from './written-columns.ts';

/** The buildings that are not there yet. */
export async function writeBuildings(trx: Knex, staged: StagedImport): Promise<void> {
  await trx.raw(
    `insert into buildings (manager_id, id, name)
     select n.manager_id, ${newIdSql(trx).toQuery()}, n.building
     from (select s.manager_id, s.building from import_units s where ${isOurs('s')}
       union select f.manager_id, f.building from import_funds f where ${isOurs('f')}) n
     left join buildings old on old.manager_id = n.manager_id and old.name = n.building
     where old.id is null`,
    [...bindings(staged), ...bindings(staged)],
  );
}

/** The units of a range that come with the file. */
export async function writeNewUnits(trx: Knex, staged: StagedImport, range: Range): Promise<void> {
  await trx.raw(
    `insert into units (manager_id, id, building_id, name, kind, area_m2, persons)
     select s.manager_id, s.new_id, b.id, s.unit, s.kind, s.area_m2, s.persons
     from import_units s join buildings b on b.manager_id = s.manager_id and b.name = s.building
     where ${isOurs('s')} and ${inRange('s', 'building')} and s.is_new = 1`,
    [...bindings(staged), range.after, range.upTo],
  );
}

const unitColumns = (present: ReadonlySet<string>): string[] =>
  presentColumns({ kind: 'unitKind', area_m2: 'areaM2', persons: 'persons' }, present);

const known = `from import_units s join units old on old.manager_id = s.manager_id and old.id = s.new_id
  where ${isOurs('s')} and s.is_new = 0`;

/** The known units of which the file says something new. */
export async function findChangedUnits(db: Knex, staged: StagedImport, present: ReadonlySet<string>) {
  const columns = unitColumns(present);
  if (columns.length === 0) return [];
  const found: unknown = await db.raw(`select s.new_id ${known} and (${differs(columns)})`, bindings(staged));
  return rowsOf<{ new_id: string }>(found).map(({ new_id: id }) => id);
}

/** Writes what the file says of some known units. */
export async function writeChangedUnits(
  trx: Knex,
  staged: StagedImport,
  { present, ids }: { present: ReadonlySet<string>; ids: readonly string[] },
): Promise<void> {
  await trx.raw(
    `insert into units (manager_id, id, building_id, name, kind, area_m2, persons)
     select s.manager_id, old.id, old.building_id, old.name, s.kind, s.area_m2, s.persons
     ${known} and old.id in (${ids.map(() => '?').join(', ')})
     ${overwrite(trx, ['manager_id', 'id'], unitColumns(present))}`,
    [...bindings(staged), ...ids],
  );
}
