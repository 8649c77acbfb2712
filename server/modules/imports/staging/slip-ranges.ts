import type { Knex } from 'knex';
import { breathe, rowsOf } from '../../../db/bulk.ts';
import { isMysql } from '../../../db/connect.ts';
import { bindings, isOurs, type StagedImport } from './staged-import.ts';

/** Slips whose number is after `after` and not after `upTo`. */
export interface SlipRange {
  readonly after: string;
  readonly upTo: string;
}

/** Which rows of a table with a slip number are in a range. Bindings: `after`, `upTo`. */
export const inRange = (alias: string): string => `${alias}.number > ? and ${alias}.number <= ?`;

/**
 * Cuts the slips of an import into ranges, so that no statement takes long: on the embedded database each keeps the
 * event loop, between two of them other requests are answered.
 */
export async function* slipRanges(db: Knex, staged: StagedImport): AsyncGenerator<SlipRange> {
  const size = isMysql(db) ? 2_000 : 100;
  let after = '';
  for (;;) {
    const found = rowsOf<{ number: string }>(
      await db.raw(
        `select s.number from import_slips s where ${isOurs('s')} and s.number > ? order by s.number limit ${size}`,
        [...bindings(staged), after],
      ),
    );
    const upTo = found.at(-1)?.number;
    if (upTo === undefined) return;
    yield { after, upTo };
    after = upTo;
    await breathe();
  }
}
