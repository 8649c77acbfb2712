import type { Knex } from 'knex';
import { transaction } from '../../../db/transaction.ts';
import { refreshPayerUnits } from '../../payers/payer-units.ts';
import { deleteUnused, payerUsers } from '../delete-unused.ts';
import type { Turn } from '../thread/turns.ts';
import type { StagedImport } from './staged-import.ts';
import { rangesOf } from './ranges.ts';

const atOnce = 200;

/** The slips that were written so far; what is part of them is still staged and stays. */
async function undoSlips(db: Knex, turn: Turn, managerId: string, runId: string): Promise<void> {
  for (;;) {
    const slips: { id: string; payer_id: string }[] = await db('slips')
      .where({ manager_id: managerId, run_id: runId })
      .limit(atOnce)
      .select('id', 'payer_id');
    if (slips.length === 0) return;
    await turn(() =>
      transaction(db, async (trx) => {
        await trx('slips').where({ manager_id: managerId }).whereIn('id', slips.map(({ id }) => id)).delete(); // prettier-ignore
        await refreshPayerUnits(trx, managerId, slips.map((slip) => slip.payer_id)); // prettier-ignore
      }),
    );
  }
}

/** Takes back what a write has left that did not come to its end: afterwards the import is what it was when checked. */
export async function undoWriting(db: Knex, turn: Turn, staged: StagedImport): Promise<void> {
  const { managerId, importId } = staged;
  const ours = { manager_id: managerId, import_id: importId };
  const runs = (await db('billing_runs')
    .where({ ...ours, state: 'writing' })
    .pluck('id')) as string[];
  for (const runId of runs) {
    await undoSlips(db, turn, managerId, runId);
    await turn(() => db('billing_runs').where({ manager_id: managerId, id: runId }).delete());
  }
  for await (const { after, upTo } of rangesOf(db, staged, 'import_payers')) {
    const codes = db('import_payers').where(ours).where('code', '>', after).where('code', '<=', upTo);
    const ids = (await codes.pluck('new_id')) as string[];
    await turn(() => transaction(db, (trx) => deleteUnused(trx, managerId, 'payers', payerUsers, ids)));
  }
  for await (const { after, upTo } of rangesOf(db, staged, 'import_units')) {
    const units = db('import_units')
      .where({ ...ours, is_new: true })
      .where('building', '>', after);
    const ids = (await units.where('building', '<=', upTo).pluck('new_id')) as string[];
    // Nobody else can know a unit that came with this import.
    await turn(() => db('units').where({ manager_id: managerId }).whereIn('id', ids).delete());
  }
  await turn(() => transaction(db, (trx) => deleteUnused(trx, managerId, 'buildings', { units: 'building_id' })));
}
