import type { Knex } from 'knex';
import { breathe } from '../../db/bulk.ts';
import { isMysql } from '../../db/connect.ts';
import { ApiError } from '../../http/api-error.ts';
import { BillingRun } from '../../models/billing-run.ts';
import { Import } from '../../models/import.ts';
import { refreshPayerUnits } from '../payers/payer-units.ts';
import { raiseBillingVersion } from './billing-version.ts';
import { deleteUnused, payerUsers } from './delete-unused.ts';
import { deleteSlips } from './slip-parts.ts';

interface DraftSlip {
  readonly id: string;
  readonly payer_id: string;
}

/** Some hundred slips with their items and payment orders, and what they alone had brought. */
async function deleteSome(trx: Knex, managerId: string, slips: readonly DraftSlip[]): Promise<void> {
  const ids = slips.map(({ id }) => id);
  const units: { unit_id: string }[] = await trx('slip_units')
    .where({ manager_id: managerId })
    .whereIn('slip_id', ids)
    .distinct('unit_id');
  await deleteSlips(trx, managerId, ids);
  const payerIds = slips.map(({ payer_id: id }) => id);
  const unitIds = units.map(({ unit_id: id }) => id);
  await deleteUnused(trx, managerId, 'payers', payerUsers, payerIds);
  await refreshPayerUnits(trx, managerId, payerIds);
  await deleteUnused(trx, managerId, 'units', { slip_units: 'unit_id' }, unitIds);
}

/**
 * Throws a draft away: its slips, and the payers, units and buildings that came with it and that nothing else uses.
 * What it changed of payers who were there before (a new address) stays.
 * @throws import_state when it is no draft any more
 */
export async function deleteDraft(trx: Knex, managerId: string, importId: string): Promise<void> {
  const runs = await BillingRun.query(trx)
    .where({ manager_id: managerId, import_id: importId, state: 'draft' })
    .forUpdate();
  const discarded = await Import.query(trx)
    .where({ manager_id: managerId, id: importId })
    .whereIn('state', ['draft', 'withdrawn'])
    .patch({ state: 'discarded' });
  if (discarded !== 1) throw new ApiError('import_state');
  const slipsAtOnce = isMysql(trx) ? 1_000 : 200;
  for (const { id: runId } of runs) {
    for (;;) {
      const slips: DraftSlip[] = await trx('slips')
        .where({ manager_id: managerId, run_id: runId })
        .limit(slipsAtOnce)
        .select('id', 'payer_id');
      if (slips.length === 0) break;
      await deleteSome(trx, managerId, slips);
      await breathe();
    }
    await BillingRun.query(trx).deleteById([managerId, runId]);
  }
  await deleteUnused(trx, managerId, 'buildings', { units: 'building_id' });
  await raiseBillingVersion(trx, managerId);
}
