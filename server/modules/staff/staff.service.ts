import type { Knex } from 'knex';
import type { StaffRole as Role } from '../../../contract/session.ts';
import { newId } from '../../db/id.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { Account } from '../../models/account.ts';
import { StaffRole } from '../../models/staff-role.ts';
import type { Services } from '../../services.ts';
import { assertAdminRemains } from './last-admin.ts';

export interface NewStaff {
  readonly managerId: string;
  readonly role: Role;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly password: string;
}

/**
 * Anybody with a slip password can have registered with this address, and would get the role. Accounts of the staff were
 * made here or by an invitation: those are the person's.
 * @throws email_unconfirmed
 */
async function assertProved(trx: Knex, { id, emailConfirmedAt }: Account): Promise<void> {
  if (emailConfirmedAt !== null || (await StaffRole.query(trx).findOne({ account_id: id }))) return;
  throw new ApiError('email_unconfirmed');
}

/**
 * Gives a person a role at a manager, and an account with this password if there is none with this e-mail. Somebody
 * who has an account already keeps it and its password.
 * @throws email_unconfirmed when that account's address may be somebody else's; last_admin when the manager would have none
 */
export async function createStaff(
  { db, clock, passwords, audit }: Pick<Services, 'db' | 'clock' | 'passwords' | 'audit'>,
  { managerId, role, email, firstName, lastName, password }: NewStaff,
): Promise<{ readonly isNewAccount: boolean }> {
  const passwordHash = await passwords.hash(password);
  return transaction(db, async (trx) => {
    const existing = await Account.query(trx).findOne({ email });
    if (existing) await assertProved(trx, existing);
    const accountId = existing?.id ?? newId();
    const held = await StaffRole.query(trx).findById([managerId, accountId]);
    if (held?.role === 'admin' && role !== 'admin') await assertAdminRemains(trx, managerId, accountId);
    if (!existing) {
      const createdAt = toInstant(clock());
      await Account.query(trx).insert({
        id: accountId,
        email,
        firstName,
        lastName,
        passwordHash,
        language: 'sl',
        createdAt,
      });
    }
    await StaffRole.query(trx).insert({ managerId, accountId, role }).onConflict(['manager_id', 'account_id']).merge();
    const deed = { action: 'staff.joined', managerId, subject: { kind: 'account', id: accountId } } as const;
    await audit.record(trx, { ...deed, details: { role, isNew: !existing } });
    return { isNewAccount: !existing };
  });
}
