import type { Knex } from 'knex';
import { importPrefix } from '../../../db/id.ts';
import { slipParts } from '../slip-parts.ts';
import type { Turn } from '../thread/turns.ts';

/** The import whose rows are meant, for each of the statements about staging tables. */
export interface StagedImport {
  readonly managerId: string;
  readonly importId: string;
}

/** With the column by which each is cleared piece by piece. */
const stagingTables = [
  ['import_slips', 'number'],
  ['import_funds', 'building'],
  ['import_units', 'building'],
  ['import_payers', 'code'],
  ['import_buildings', 'building'],
  ['import_sums', 'building'],
] as const;

/** Which rows of a staging table are this import's. Bindings: `bindings(it)`. */
export const isOurs = (alias: string): string => `${alias}.manager_id = ? and ${alias}.import_id = ?`;

export const bindings = ({ managerId, importId }: StagedImport): [string, string] => [managerId, importId];

/** The parts of slips that came with an import, whose ids begin as it does. */
export const partsOf = (db: Knex, part: (typeof slipParts)[number], { managerId, importId }: StagedImport) =>
  db(part)
    .where('manager_id', managerId)
    .whereBetween('slip_id', [importPrefix(importId), `${importPrefix(importId)}g`]);

const clearedAtOnce = 2_000;

/** Deletes all rows of a query, some thousand in a statement, so that nobody has to wait long. */
async function deleteAll(turn: Turn, key: string, query: () => Knex.QueryBuilder): Promise<void> {
  for (;;) {
    const last = await query().orderBy(key).offset(clearedAtOnce).first<Record<string, string> | undefined>(key);
    await turn(async () => {
      await (last ? query().where(key, '<=', last[key]!) : query()).delete();
    });
    if (!last) return;
  }
}

/** Takes the import's rows out of the staging tables. */
export async function clearStaging(db: Knex, turn: Turn, { managerId, importId }: StagedImport): Promise<void> {
  for (const [table, key] of stagingTables) {
    await deleteAll(turn, key, () => db(table).where({ manager_id: managerId, import_id: importId }));
  }
}

/** Takes away what was written of the slips of an import that will never have any. */
export async function clearParts(db: Knex, turn: Turn, staged: StagedImport): Promise<void> {
  for (const part of slipParts) await deleteAll(turn, 'slip_id', () => partsOf(db, part, staged));
}

/** Whether an id would make the parts of an import's slips mix with those of others. */
export async function isTaken(db: Knex, staged: StagedImport): Promise<boolean> {
  for (const part of slipParts) if (await partsOf(db, part, staged).first('slip_id')) return true;
  return false;
}
