import type { Knex } from 'knex';
import { insertRows, rowsOf } from '../../../server/db/bulk.ts';
import { BillingRun } from '../../../server/models/billing-run.ts';

interface Slip {
  readonly id: string;
  readonly unitId: string;
}

/** The units of the slips that `createPayers` made, and what is kept with their runs. Answers with the newest run. */
export async function completeRuns(db: Knex, managerId: string, slips: number): Promise<BillingRun> {
  const runs = await BillingRun.query(db).where({ manager_id: managerId }).orderBy('period', 'desc');
  for (const { id: runId } of runs) {
    const found = rowsOf<Slip>(
      await db.raw(
        `select s.id, x.unit_id as unitId from slips s
         join payer_units x on x.manager_id = s.manager_id and x.payer_id = s.payer_id
         where s.manager_id = ? and s.run_id = ? order by s.id`,
        [managerId, runId],
      ),
    );
    for (let start = 0; start < found.length; start += 1_000) {
      const some = found.slice(start, start + 1_000).map(({ id, unitId }) => [managerId, id, unitId]);
      await insertRows(db, 'slip_units', ['manager_id', 'slip_id', 'unit_id'], some);
    }
    await db.raw(
      `insert into run_buildings (manager_id, run_id, building_id, slips, total_cents)
       select manager_id, ?, building_id, count(*), 12345 * count(*) from payer_units where manager_id = ?
       group by manager_id, building_id`,
      [runId, managerId],
    );
  }
  await BillingRun.query(db)
    .where({ manager_id: managerId })
    .patch({ slips, totalCents: slips * 12_345 });
  return BillingRun.query(db).findById([managerId, runs[0]!.id]).throwIfNotFound();
}
