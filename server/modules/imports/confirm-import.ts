import { whoOf } from '../../audit/who.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { Import } from '../../models/import.ts';
import { Manager } from '../../models/manager.ts';
import type { Services } from '../../services.ts';
import { type ActorsCall, assertNoneRunning, findImport, lockManager } from './imports.service.ts';

/**
 * Has a checked import written. When other imports have changed what its preview was counted against, it is counted
 * anew instead, and the office looks again.
 * @throws not_found, import_state, import_running, import_outdated
 */
export async function confirmImport(services: Services, call: ActorsCall, id: string): Promise<Import> {
  const { audit, db, clock, importJobs } = services;
  const { managerId } = await findImport(db, call.actor, id);
  const now = toInstant(clock());
  const isOutdated = await transaction(db, async (trx) => {
    await lockManager(trx, managerId);
    const ours = { manager_id: managerId, id };
    const row = await Import.query(trx).findOne(ours).throwIfNotFound();
    if (row.state !== 'checked') throw new ApiError('import_state');
    await assertNoneRunning(trx, managerId);
    const { billingVersion } = await Manager.query(trx).findById(managerId).throwIfNotFound();
    const outdated = row.previewVersion !== billingVersion;
    const [state, phase] = outdated ? (['checking', 'checking'] as const) : (['writing', 'writing'] as const);
    // It may have been thrown away since it was read, which does not wait for the manager's lock.
    const changed = await Import.query(trx)
      .where({ ...ours, state: 'checked' })
      .patch({ state, phase, heartbeatAt: now, faultCount: 0, faults: '[]' });
    if (changed !== 1) throw new ApiError('import_state');
    if (!outdated) {
      const subject = { kind: 'import', id };
      await audit.record(trx, { action: 'import.confirmed', managerId, ...whoOf(call), subject, details: {} });
    }
    return outdated;
  });
  importJobs.begin({ managerId, importId: id }, { kind: isOutdated ? 'recheck' : 'write', now });
  if (isOutdated) throw new ApiError('import_outdated');
  return findImport(db, call.actor, id);
}
