import type { Knex } from 'knex';
import { newIdSql } from '../../../db/id.ts';
import { inRange, type Range } from './ranges.ts';
import { bindings, isOurs, type StagedImport } from './staged-import.ts';

interface Which {
  readonly sql: string;
  readonly values: readonly string[];
}

/** A step of history for each of these payers, in the name of who sent the file. */
async function writeSteps(trx: Knex, staged: StagedImport, now: string, { sql, values }: Which): Promise<void> {
  await trx.raw(
    `insert into channel_changes (manager_id, id, payer_id, channel, origin, changed_by, changed_at)
     select p.manager_id, ${newIdSql(trx).toQuery()}, p.id, s.channel, 'import', i.created_by, ?
     from import_payers s
     join imports i on i.manager_id = s.manager_id and i.id = s.import_id
     join payers p on p.manager_id = s.manager_id and p.code = s.code
     where ${isOurs('s')} and ${sql}`,
    [now, ...bindings(staged), ...values],
  );
}

/** Before the payers are written: those whose channel the file changes. */
export const writeChangedChannels = (trx: Knex, staged: StagedImport, now: string, codes: readonly string[]) =>
  writeSteps(trx, staged, now, {
    sql: `s.code in (${codes.map(() => '?').join(', ')}) and s.channel <> '' and s.channel <> p.channel`,
    values: codes,
  });

/** After it: those who are new and have one. */
export const writeNewChannels = (trx: Knex, staged: StagedImport, now: string, range: Range) =>
  writeSteps(trx, staged, now, {
    sql: `${inRange('s', 'code')} and p.id = s.new_id and s.channel not in ('', 'none')`,
    values: [range.after, range.upTo],
  });
