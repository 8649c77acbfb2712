import type { Knex } from 'knex';
import type { BodyOf } from '../../../contract/endpoint.ts';
import type { inviteStaff } from '../../../contract/staff.ts';
import { codeHmac } from '../../codes.ts';
import { newId } from '../../db/id.ts';
import { days, later, toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import type { Keys } from '../../keys.ts';
import { invitationMail } from '../../mail/templates/invitation.ts';
import { Invitation } from '../../models/invitation.ts';
import { Manager } from '../../models/manager.ts';
import { StaffRole } from '../../models/staff-role.ts';
import type { Services } from '../../services.ts';
import { generateSlipPassword } from '../../slip-password.ts';
import type { Asker } from '../account/asker.ts';
import { portalAddressOf } from '../managers/managers.service.ts';

/** For how long a code is good. */
const lifetime = 7 * days;

/** What is kept of an invitation's code. */
export const invitationHmac = ({ codes }: Keys, email: string, code: string): string =>
  codeHmac(codes, 'invitation', email, code);

/** @throws staff_member */
async function assertNoMember(trx: Knex, managerId: string, email: string): Promise<void> {
  const member = await StaffRole.query(trx)
    .alias('r')
    .join('accounts as a', 'a.id', 'r.account_id')
    .findOne({ 'r.manager_id': managerId, 'a.email': email })
    .select('r.account_id');
  if (member) throw new ApiError('staff_member');
}

/** Puts the invitation in the place of the one before it to the same address. */
async function keep(trx: Knex, invitation: Partial<Invitation>): Promise<void> {
  await Invitation.query(trx).insert(invitation).onConflict(['manager_id', 'email']).merge();
}

/**
 * Invites a person to the manager's staff by mail. Whether the address has an account makes no difference.
 * @throws staff_member
 */
export async function invite(
  services: Pick<Services, 'db' | 'clock' | 'config' | 'keys' | 'outbox' | 'audit'>,
  asker: Asker,
  managerId: string,
  { email, role, language }: BodyOf<typeof inviteStaff>,
): Promise<Invitation> {
  const { db, clock, config, keys, outbox, audit } = services;
  const code = generateSlipPassword();
  const id = newId();
  const now = clock();
  return transaction(db, async (trx) => {
    await assertNoMember(trx, managerId, email);
    const hmac = invitationHmac(keys, email, code);
    const instants = { createdAt: toInstant(now), expiresAt: toInstant(later(now, lifetime)) };
    const fields = { managerId, id, email, role, language, hmac, invitedBy: asker.actorId, ...instants };
    await keep(trx, fields);
    const manager = await Manager.query(trx).findById(managerId).throwIfNotFound();
    const portal = await portalAddressOf(trx, config.publicUrl, managerId);
    await outbox.add(trx, invitationMail({ email, language, manager, role, code, portal }));
    const subject = { kind: 'invitation', id };
    await audit.record(trx, { action: 'staff.invited', managerId, ...asker, subject, details: { role } });
    return Invitation.fromJson(fields, { skipValidation: true });
  });
}

/** Takes an invitation back. @throws not_found */
export async function withdraw(
  { db, audit }: Pick<Services, 'db' | 'audit'>,
  asker: Asker,
  managerId: string,
  id: string,
): Promise<void> {
  await transaction(db, async (trx) => {
    if ((await Invitation.query(trx).deleteById([managerId, id])) !== 1) throw new ApiError('not_found');
    const subject = { kind: 'invitation', id };
    await audit.record(trx, { action: 'staff.invitation_withdrawn', managerId, ...asker, subject });
  });
}
