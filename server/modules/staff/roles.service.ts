import type { Knex } from 'knex';
import type { StaffRole as Role } from '../../../contract/session.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { Account } from '../../models/account.ts';
import { Invitation } from '../../models/invitation.ts';
import { StaffRole } from '../../models/staff-role.ts';
import type { Services } from '../../services.ts';
import type { Asker } from '../account/asker.ts';
import { assertAdminRemains } from './last-admin.ts';

/** Whose role at which manager. */
export interface Membership {
  readonly managerId: string;
  readonly accountId: string;
}

/**
 * The member, with the whole staff locked until the transaction ends. Who asks may have lost the role since the request
 * was let in: of two admins who remove each other at the same moment, one stays.
 * @throws forbidden, not_found
 */
async function lockMember(trx: Knex, { managerId, accountId }: Membership, asker: Asker): Promise<StaffRole> {
  const staff = await StaffRole.query(trx).where('manager_id', managerId).orderBy('account_id').forUpdate();
  const own = staff.find((member) => member.accountId === asker.actorId);
  if (own?.role !== 'admin') throw new ApiError('forbidden');
  const member = staff.find((candidate) => candidate.accountId === accountId);
  if (!member) throw new ApiError('not_found');
  return member;
}

type RoleServices = Pick<Services, 'db' | 'audit'>;

/**
 * Gives a member another role, from the next request on.
 * @throws forbidden, not_found, last_admin
 */
export async function changeRole(
  { db, audit }: RoleServices,
  asker: Asker,
  { managerId, accountId }: Membership,
  role: Role,
): Promise<void> {
  await transaction(db, async (trx) => {
    const member = await lockMember(trx, { managerId, accountId }, asker);
    if (member.role === role) return;
    if (member.role === 'admin') await assertAdminRemains(trx, managerId, accountId);
    await StaffRole.query(trx).findById([managerId, accountId]).patch({ role });
    await audit.record(trx, {
      ...{ action: 'staff.role_changed', managerId, ...asker },
      ...{ subject: { kind: 'account', id: accountId }, details: { role, before: member.role } },
    });
  });
}

/**
 * Takes the role from a person, from the next request on. An invitation to the same address, which would give it back,
 * is void.
 * @throws forbidden, not_found, last_admin
 */
export async function removeMember(
  { db, audit }: RoleServices,
  asker: Asker,
  { managerId, accountId }: Membership,
): Promise<void> {
  await transaction(db, async (trx) => {
    const { role } = await lockMember(trx, { managerId, accountId }, asker);
    if (role === 'admin') await assertAdminRemains(trx, managerId, accountId);
    await StaffRole.query(trx).deleteById([managerId, accountId]);
    const { email } = await Account.query(trx).findById(accountId).throwIfNotFound();
    await Invitation.query(trx).delete().where({ manager_id: managerId, email });
    await audit.record(trx, {
      ...{ action: 'staff.removed', managerId, ...asker },
      ...{ subject: { kind: 'account', id: accountId }, details: { role } },
    });
  });
}
