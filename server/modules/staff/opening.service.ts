import type { BodyOf } from '../../../contract/endpoint.ts';
import type { openInvitation } from '../../../contract/staff.ts';
import type { Who } from '../../audit/who.ts';
import { isSameHmac } from '../../codes.ts';
import { clockSlack, later, toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { Account } from '../../models/account.ts';
import { Invitation } from '../../models/invitation.ts';
import { Manager } from '../../models/manager.ts';
import type { Services } from '../../services.ts';
import { invitationHmac } from './invitations.service.ts';

export interface OpenedInvitation {
  readonly invitation: Invitation;
  readonly manager: Manager;
  /** Of the person who was invited, if there is one. */
  readonly account: Account | undefined;
}

/**
 * What this code opens. Whatever is wrong (e-mail, code, withdrawn, replaced, expired, account closed), the answer is
 * the same, and so is what is done for it.
 * @throws code_rejected
 */
export async function openInvitationWith(
  { db, clock, keys, audit }: Pick<Services, 'db' | 'clock' | 'keys' | 'audit'>,
  { address }: Who,
  { email, code }: BodyOf<typeof openInvitation>,
): Promise<OpenedInvitation> {
  const hmac = invitationHmac(keys, email, code);
  const now = clock();
  const good = await Invitation.query(db)
    .where('email', email)
    .where('expires_at', '>', toInstant(now))
    .where('created_at', '<=', toInstant(later(now, clockSlack)));
  const account = await Account.query(db).findOne({ email });
  const invitation = good.find((candidate) => isSameHmac(candidate.hmac, hmac));
  if (invitation && (account?.disabledAt ?? null) === null) {
    return { invitation, account, manager: await Manager.query(db).findById(invitation.managerId).throwIfNotFound() };
  }
  const subject = { kind: 'email', id: audit.pseudonym(email) };
  await transaction(db, (trx) => audit.record(trx, { action: 'staff.join_refused', address, subject }));
  throw new ApiError('code_rejected');
}
