import type { Knex } from 'knex';
import { rowsOf } from '../../../db/bulk.ts';
import type { FaultList } from '../billing-file/faults.ts';
import { bindings, isOurs, type StagedImport } from './staged-import.ts';

const most = 200;

/** Slips that residents have seen are not replaced. */
export async function checkPublished(db: Knex, staged: StagedImport, faults: FaultList): Promise<void> {
  const from = `from import_slips s
    join slips old on old.manager_id = s.manager_id and old.number = s.number
    join billing_runs r on r.manager_id = old.manager_id and r.id = old.run_id
    where ${isOurs('s')} and r.state = 'published'`;
  const [total] = rowsOf<{ count: number }>(await db.raw(`select count(*) as count ${from}`, bindings(staged)));
  if (!total?.count) return;
  const shown = rowsOf<{ first_row: number; number: string }>(
    await db.raw(`select s.first_row, s.number ${from} order by s.first_row limit ${most}`, bindings(staged)),
  );
  for (const { first_row: row, number } of shown) faults.add('slip_published', row, 'racun', number);
  faults.addUnseen(total.count - shown.length);
}
