import type { Knex } from 'knex';

/** The import whose rows are meant, for each of the statements about staging tables. */
export interface StagedImport {
  readonly managerId: string;
  readonly importId: string;
}

export const stagingTables = ['import_rows', 'import_slips', 'import_units', 'import_payers'] as const;

/** Which rows of a staging table are this import's. Bindings: `bindings(it)`. */
export const isOurs = (alias: string): string => `${alias}.manager_id = ? and ${alias}.import_id = ?`;

export const bindings = ({ managerId, importId }: StagedImport): [string, string] => [managerId, importId];

const clearedAtOnce = 5_000;

/** Takes the import's rows out of the staging tables, some thousand in a statement, so that nobody has to wait long. */
export async function clearStaging(db: Knex, { managerId, importId }: StagedImport): Promise<void> {
  for (const table of stagingTables) {
    const key = table === 'import_payers' ? 'code' : table === 'import_units' ? 'building' : 'number';
    for (;;) {
      const ours = db(table).where({ manager_id: managerId, import_id: importId });
      const last = await ours.clone().orderBy(key).offset(clearedAtOnce).first<Record<string, string> | undefined>(key);
      await (last ? ours.where(key, '<=', last[key]!) : ours).delete();
      if (!last) break;
    }
  }
}
