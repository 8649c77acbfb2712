import type { Knex } from 'knex';
import { newId } from '../../../db/id.ts';
import { planOf } from '../../../db/plan.ts';
import { bindings, isOurs, type StagedImport } from './staged-import.ts';

/** One run for each period of the file; nobody is shown a run that is still being written. */
export async function writeRuns(trx: Knex, { managerId, importId }: StagedImport): Promise<void> {
  const ours = { manager_id: managerId, import_id: importId };
  const totals: { period: string; slips: number; total_cents: number }[] = await trx('import_slips')
    .where(ours)
    .groupBy('period')
    .select('period')
    .count('* as slips')
    .sum('total_cents as total_cents');
  await trx('billing_runs').insert(totals.map((total) => ({ ...ours, ...total, id: newId(), state: 'writing' })));
}

const joins = (from: string): string => `from ${from} f
  join billing_runs run on run.manager_id = f.manager_id and run.import_id = f.import_id and run.period = f.period
  join buildings b on b.manager_id = f.manager_id and b.name = f.building
  where ${isOurs('f')}`;

/** The reserve funds of the runs, and what each comes to by building and item. */
export async function writeTotals(trx: Knex, staged: StagedImport): Promise<void> {
  const { inOrder } = planOf(trx);
  await trx.raw(
    `insert into run_funds
       (manager_id, run_id, building_id, opening_cents, paid_in_cents, spent_cents, balance_cents)
     select ${inOrder} f.manager_id, run.id, b.id, f.opening_cents, f.paid_in_cents, f.spent_cents, f.balance_cents
     ${joins('import_funds')}`,
    bindings(staged),
  );
  await trx.raw(
    `insert into run_buildings (manager_id, run_id, building_id, slips, total_cents)
     select ${inOrder} f.manager_id, run.id, b.id, f.slips, f.total_cents ${joins('import_buildings')}`,
    bindings(staged),
  );
  await trx.raw(
    `insert into run_sums (manager_id, run_id, building_id, description, items, cents)
     select ${inOrder} f.manager_id, run.id, b.id, f.description, f.items, f.cents ${joins('import_sums')}`,
    bindings(staged),
  );
}
