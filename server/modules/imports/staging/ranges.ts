import type { Knex } from 'knex';
import { rowsOf } from '../../../db/bulk.ts';
import { isMysql } from '../../../db/connect.ts';
import { bindings, isOurs, type StagedImport } from './staged-import.ts';

/** Rows of a staging table whose key is after `after` and not after `upTo`. */
export interface Range {
  readonly after: string;
  readonly upTo: string;
}

const keys = { import_slips: 'number', import_payers: 'code', import_units: 'building' } as const;

/** Which rows of a table are in a range. Bindings: `after`, `upTo`. */
export const inRange = (alias: string, key: string): string => `${alias}.${key} > ? and ${alias}.${key} <= ?`;

/** Cuts the rows of an import into ranges, so that no statement takes long: others get their turn between two of them. */
export async function* rangesOf(db: Knex, staged: StagedImport, table: keyof typeof keys): AsyncGenerator<Range> {
  const size = isMysql(db) ? 2_000 : 200;
  const key = keys[table];
  let after = '';
  for (;;) {
    const found = rowsOf<{ upTo: string }>(
      await db.raw(
        `select s.${key} as upTo from ${table} s where ${isOurs('s')} and s.${key} > ? order by s.${key} limit ${size}`,
        [...bindings(staged), after],
      ),
    );
    const upTo = found.at(-1)?.upTo;
    if (upTo === undefined) return;
    yield { after, upTo };
    after = upTo;
  }
}
