import type { Knex } from 'knex';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { accountDeletedMail } from '../../mail/templates/account-deleted.ts';
import { Account } from '../../models/account.ts';
import { Invitation } from '../../models/invitation.ts';
import { PayerAccount } from '../../models/payer-account.ts';
import { ResetRequest } from '../../models/reset-request.ts';
import { StaffRole } from '../../models/staff-role.ts';
import type { Services } from '../../services.ts';
import type { Asker } from '../account/asker.ts';
import { partiesOf, tellOffice } from '../account-payers/account-payers.service.ts';
import { withdrawOpenRequest } from '../e-invoices/open-requests.ts';
import { lockOwnAccount } from '../session/sessions.ts';
import { assertAdminRemains } from '../staff/last-admin.ts';

type DeletionServices = Pick<Services, 'db' | 'clock' | 'outbox' | 'audit'>;

/** Gives up the roles. @throws last_admin when a manager would be left without one */
async function leaveStaff(trx: Knex, accountId: string): Promise<string[]> {
  const roles = await StaffRole.query(trx).where('account_id', accountId).orderBy('manager_id');
  for (const { managerId, role } of roles) {
    if (role === 'admin') await assertAdminRemains(trx, managerId, accountId);
  }
  return roles.map(({ managerId }) => managerId);
}

/** Tells each office whose payers lose their account. What was asked of it for them is taken back. */
async function leavePayers(trx: Knex, services: DeletionServices, accountId: string): Promise<PayerAccount[]> {
  const links = await PayerAccount.query(trx).where('account_id', accountId).orderBy(['manager_id', 'payer_id']);
  for (const link of links) {
    await withdrawOpenRequest(trx, link, toInstant(services.clock()));
    await tellOffice(trx, services, await partiesOf(trx, link));
  }
  return links;
}

/**
 * Deletes the account, and with it the session, links, roles, codes, choices and mails; the manager's slips and the
 * trail of deeds, which names nobody, stay (GDPR, article 17(3)(b)).
 * @throws last_admin, not_signed_in when another request has deleted it
 */
export async function deleteAccount(services: DeletionServices, asker: Asker): Promise<void> {
  const { db, outbox, audit } = services;
  const accountId = asker.actorId;
  await transaction(db, async (trx) => {
    const account = await lockOwnAccount(trx, accountId);
    const staffOf = await leaveStaff(trx, accountId);
    const links = await leavePayers(trx, services, accountId);
    await Invitation.query(trx).delete().where('email', account.email);
    await ResetRequest.query(trx).delete().where('email', account.email);
    await Account.query(trx).deleteById(accountId);
    await outbox.add(trx, accountDeletedMail({ person: account }));
    for (const { managerId, payerId } of links) {
      const subject = { kind: 'payer', id: payerId };
      await audit.record(trx, { action: 'payer.unlinked', managerId, ...asker, subject });
    }
    const subject = { kind: 'account', id: accountId };
    for (const managerId of staffOf) await audit.record(trx, { action: 'staff.removed', managerId, ...asker, subject });
    await audit.record(trx, { action: 'account.deleted', ...asker, subject });
  });
}
