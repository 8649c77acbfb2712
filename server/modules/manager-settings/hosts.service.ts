import type { AuditAction } from '../../../contract/audit-actions.ts';
import { isUniqueViolation } from '../../db/constraints.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { ManagerHost } from '../../models/manager-host.ts';
import { Manager } from '../../models/manager.ts';
import type { Services } from '../../services.ts';
import type { Asker } from '../account/asker.ts';
import { hostsOf } from '../managers/managers.service.ts';

type HostServices = Pick<Services, 'audit' | 'config' | 'db'>;

/** Whose host name it is about. */
interface HostKey {
  readonly managerId: string;
  readonly host: string;
}

const deed = (action: AuditAction, asker: Asker, { managerId, host }: HostKey) =>
  ({ action, managerId, ...asker, subject: { kind: 'host', id: host.slice(0, 64) }, details: { host } }) as const;

/** @throws host_taken: another manager has it, or all managers have it together */
export async function addHost({ audit, config, db }: HostServices, asker: Asker, key: HostKey): Promise<void> {
  if (key.host === new URL(config.publicUrl).hostname) throw new ApiError('host_taken');
  await transaction(db, async (trx) => {
    const taken = await ManagerHost.query(trx).findById(key.host);
    if (taken && taken.managerId !== key.managerId) throw new ApiError('host_taken');
    if (taken) return;
    await ManagerHost.query(trx).insert({ ...key });
    await audit.record(trx, deed('host.added', asker, key));
  }).catch((error: unknown) => {
    throw isUniqueViolation(error) ? new ApiError('host_taken') : error;
  });
}

/** @throws not_found, main_host */
export async function removeHost({ audit, db }: HostServices, asker: Asker, key: HostKey): Promise<void> {
  await transaction(db, async (trx) => {
    // Of two who remove at once the second one sees what the first one left.
    const manager = await Manager.query(trx).findById(key.managerId).throwIfNotFound().forUpdate();
    const found = (await hostsOf(trx, manager)).find(({ host }) => host === key.host);
    if (!found) throw new ApiError('not_found');
    if (found.isMain) throw new ApiError('main_host');
    await ManagerHost.query(trx).deleteById(key.host);
    await audit.record(trx, deed('host.removed', asker, key));
  });
}

/** @throws not_found */
export async function makeHostMain({ audit, db }: HostServices, asker: Asker, key: HostKey): Promise<void> {
  await transaction(db, async (trx) => {
    const manager = await Manager.query(trx).findById(key.managerId).throwIfNotFound().forUpdate();
    const found = (await hostsOf(trx, manager)).find(({ host }) => host === key.host);
    if (!found) throw new ApiError('not_found');
    if (found.isMain) return;
    await Manager.query(trx).findById(key.managerId).patch({ mainHost: key.host });
    await audit.record(trx, deed('host.made_main', asker, key));
  });
}
