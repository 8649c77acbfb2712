import type { Knex } from 'knex';
import { rowsOf } from '../../../db/bulk.ts';
import { isMysql } from '../../../db/connect.ts';
import { planOf } from '../../../db/plan.ts';
import { deleteSlips } from '../slip-parts.ts';
import { bindings, isOurs, type StagedImport } from './staged-import.ts';

/** A slip of an earlier draft whose number the file has, too. */
export interface Replaced {
  readonly id: string;
  readonly number: string;
  readonly run_id: string;
  readonly payer_id: string;
}

export async function findReplaced(db: Knex, staged: StagedImport): Promise<Replaced[]> {
  return rowsOf<Replaced>(
    await db.raw(
      `select old.id, old.number, old.run_id, old.payer_id from import_slips s
       join slips old on old.manager_id = s.manager_id and old.number = s.number where ${isOurs('s')}`,
      bindings(staged),
    ),
  );
}

/** Locks the runs that lose slips, so that nobody publishes or discards them meanwhile. */
export async function lockRuns(trx: Knex, { managerId }: StagedImport, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0 || !isMysql(trx)) return;
  await trx('billing_runs').where({ manager_id: managerId }).whereIn('id', runIds).forUpdate().select('id');
}

interface Loss {
  readonly run_id: string;
  readonly building_id: string;
  readonly description: string;
  readonly items: number;
  readonly cents: number;
}

/** Takes some slips out of the totals of their runs. */
async function reduceTotals(trx: Knex, managerId: string, ids: readonly string[]): Promise<void> {
  const { inOrder, byKey } = planOf(trx);
  const these = ids.map(() => '?').join(', ');
  const items = `from slips s ${byKey} join slip_items i ${byKey} on i.manager_id = s.manager_id and i.slip_id = s.id
    join units u ${byKey} on u.manager_id = i.manager_id and u.id = i.unit_id
    where s.manager_id = ? and s.id in (${these})`;
  const runs: { run_id: string; slips: number; cents: number }[] = await trx('slips')
    .where({ manager_id: managerId })
    .whereIn('id', ids)
    .groupBy('run_id')
    .select('run_id')
    .count('* as slips')
    .sum('total_cents as cents');
  for (const { run_id: id, slips, cents } of runs) {
    await trx('billing_runs').where({ manager_id: managerId, id }).decrement({ slips, total_cents: cents });
  }
  const buildings: unknown = await trx.raw(
    `select ${inOrder} s.run_id, u.building_id, count(distinct s.id) as items, sum(i.amount_cents) as cents ${items}
     group by s.run_id, u.building_id`,
    [managerId, ...ids],
  );
  for (const { run_id, building_id, items: slips, cents } of rowsOf<Loss>(buildings)) {
    const row = { manager_id: managerId, run_id, building_id };
    await trx('run_buildings').where(row).decrement({ slips, total_cents: cents });
  }
  const sums: unknown = await trx.raw(
    `select ${inOrder} s.run_id, u.building_id, i.description, count(*) as items, sum(i.amount_cents) as cents ${items}
     group by s.run_id, u.building_id, i.description`,
    [managerId, ...ids],
  );
  for (const { run_id, building_id, description, items: count, cents } of rowsOf<Loss>(sums)) {
    const row = { manager_id: managerId, run_id, building_id, description };
    await trx('run_sums').where(row).decrement({ items: count, cents });
  }
}

const atOnce = 500;

/** Takes slips out of their drafts. Those that lose all of them need no totals any more: `retireEmptied`. */
export async function deleteReplaced(trx: Knex, staged: StagedImport, replaced: readonly Replaced[]): Promise<void> {
  const { managerId } = staged;
  const runs: { id: string; slips: number }[] = await trx('billing_runs')
    .where({ manager_id: managerId })
    .whereIn('id', [...new Set(replaced.map((slip) => slip.run_id))])
    .select('id', 'slips');
  const lost = Map.groupBy(replaced, (slip) => slip.run_id);
  const emptied = new Set(runs.filter(({ id, slips }) => lost.get(id)?.length === slips).map(({ id }) => id));
  for (let done = 0; done < replaced.length; done += atOnce) {
    const some = replaced.slice(done, done + atOnce);
    const staying = some.filter((slip) => !emptied.has(slip.run_id)).map(({ id }) => id);
    if (staying.length > 0) await reduceTotals(trx, managerId, staying);
    await deleteSlips(trx, managerId, some.map(({ id }) => id)); // prettier-ignore
  }
  const rest = () => [...lost.keys()].filter((id) => !emptied.has(id));
  await trx('run_buildings').where({ manager_id: managerId, slips: 0 }).whereIn('run_id', rest()).delete();
  await trx('run_sums').where({ manager_id: managerId, items: 0 }).whereIn('run_id', rest()).delete();
}

/** Drafts that have lost all their slips: their runs go, and an import without runs has been replaced. */
export async function retireEmptied(trx: Knex, { managerId }: StagedImport, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  const imports: { import_id: string }[] = await trx('billing_runs')
    .where({ manager_id: managerId })
    .whereIn('id', runIds)
    .distinct('import_id');
  await trx('billing_runs')
    .where({ manager_id: managerId })
    .whereIn('id', runIds)
    .whereNotExists(trx('slips').whereRaw('manager_id = billing_runs.manager_id and run_id = billing_runs.id'))
    .delete();
  const importIds = imports.map(({ import_id: id }) => id);
  await trx('imports')
    .where({ manager_id: managerId })
    .whereIn('state', ['draft', 'withdrawn'])
    .whereIn('id', importIds)
    .whereNotExists(trx('billing_runs').whereRaw('manager_id = imports.manager_id and import_id = imports.id'))
    .update({ state: 'replaced' });
}
