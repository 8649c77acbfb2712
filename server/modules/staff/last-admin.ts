import type { Knex } from 'knex';
import { ApiError } from '../../http/api-error.ts';
import { StaffRole } from '../../models/staff-role.ts';

/**
 * Makes sure that the manager has an admin besides this account, who is about to go or to become a clerk. The admins'
 * rows stay locked: of two admins who remove each other at the same moment, the second one sees the first one gone.
 * @throws last_admin
 */
export async function assertAdminRemains(trx: Knex, managerId: string, leavingAccountId: string): Promise<void> {
  const admins = await StaffRole.query(trx).where({ manager_id: managerId, role: 'admin' }).forUpdate();
  if (!admins.some(({ accountId }) => accountId !== leavingAccountId)) throw new ApiError('last_admin');
}
