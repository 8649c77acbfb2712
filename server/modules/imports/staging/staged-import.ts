import type { Knex } from 'knex';

/** The import whose rows are meant, for each of the statements about staging tables. */
export interface StagedImport {
  readonly managerId: string;
  readonly importId: string;
}

/** With the column by which each is cleared piece by piece. */
const stagingTables = [
  ['import_rows', 'number'],
  ['import_open_items', 'number'],
  ['import_slips', 'number'],
  ['import_funds', 'building'],
  ['import_units', 'building'],
  ['import_payers', 'code'],
] as const;

/** Which rows of a staging table are this import's. Bindings: `bindings(it)`. */
export const isOurs = (alias: string): string => `${alias}.manager_id = ? and ${alias}.import_id = ?`;

export const bindings = ({ managerId, importId }: StagedImport): [string, string] => [managerId, importId];

const clearedAtOnce = 5_000;

/** Takes the import's rows out of the staging tables, some thousand in a statement, so that nobody has to wait long. */
export async function clearStaging(db: Knex, { managerId, importId }: StagedImport): Promise<void> {
  for (const [table, key] of stagingTables) {
    for (;;) {
      const ours = db(table).where({ manager_id: managerId, import_id: importId });
      const last = await ours.clone().orderBy(key).offset(clearedAtOnce).first<Record<string, string> | undefined>(key);
      await (last ? ours.where(key, '<=', last[key]!) : ours).delete();
      if (!last) break;
    }
  }
}

/**
 * The imports that have come to their end and still have rows in the staging tables: their process died before it had
 * cleared them up. Payers are cleared last, so whoever has rows has some there.
 */
export const endedButStaged = (db: Knex): Promise<StagedImport[]> =>
  db('imports as i')
    .whereNot('i.state', 'checking')
    .whereExists(
      db('import_payers as p').whereRaw('p.manager_id = i.manager_id and p.import_id = i.id').select('p.code'),
    )
    .select('i.manager_id as managerId', 'i.id as importId');
