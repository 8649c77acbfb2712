import type { completePasswordReset } from '../../../contract/password-resets.ts';
import type { BodyOf } from '../../../contract/endpoint.ts';
import { ownPasswordContext } from '../../../contract/schemas/own-password.ts';
import type { Who } from '../../audit/who.ts';
import { newId } from '../../db/id.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { passwordChangedMail } from '../../mail/templates/password-changed.ts';
import type { AccountCode } from '../../models/account-code.ts';
import { Account } from '../../models/account.ts';
import { ResetRequest } from '../../models/reset-request.ts';
import type { Services } from '../../services.ts';
import { dropCode, tryCode, useCode } from '../account/account-codes.ts';
import { assertUncommon } from '../account/own-password.ts';
import { personOf } from '../account/person.ts';
import { endSessions, lockAccount } from '../session/sessions.ts';

/**
 * Notes that somebody asks for a code, and does no more: whether there is such an account is found out later, by the
 * worker, so that neither the answer nor its time can tell.
 */
export async function requestReset(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  { email, address }: Pick<ResetRequest, 'email' | 'address'>,
): Promise<void> {
  await ResetRequest.query(db).insert({ id: newId(), email, address, createdAt: toInstant(clock()) });
}

type ResetServices = Pick<Services, 'db' | 'clock' | 'keys' | 'passwords' | 'outbox' | 'audit'>;

interface Typed {
  /** Empty where nobody has this e-mail. */
  readonly accountId: string;
  readonly email: string;
  readonly code: string;
  readonly address: string | null;
}

/** The code that was sent. Known or not, an e-mail with a wrong one costs one transaction. @throws code_rejected */
async function checkCode(services: ResetServices, { accountId, email, code, address }: Typed): Promise<AccountCode> {
  const { db, audit } = services;
  const sent = await transaction(db, async (trx) => {
    const found = await tryCode(trx, services, { accountId, purpose: 'password' }, code);
    const subject = { kind: 'email', id: audit.pseudonym(email) };
    if (!found) await audit.record(trx, { action: 'password.reset_refused', address, subject });
    return found;
  });
  if (!sent) throw new ApiError('code_rejected');
  return sent;
}

/**
 * Sets the password that was forgotten, and ends all sessions. Nobody is signed in by it: the second factor, if there
 * is one, has still to be asked for. An unknown e-mail costs as much as a wrong code.
 * @throws code_rejected, invalid_request (common_password)
 */
export async function completeReset(
  services: ResetServices,
  { address }: Who,
  { email, code, password }: BodyOf<typeof completePasswordReset>,
): Promise<void> {
  const { db, clock, passwords, outbox, audit } = services;
  assertUncommon(password, ownPasswordContext(email));
  const passwordHash = await passwords.hash(password);
  const account = await Account.query(db).findOne({ email });
  const accountId = account?.id ?? '';
  const sent = await checkCode(services, { accountId, email, code, address });
  await transaction(db, async (trx) => {
    const locked = await lockAccount(trx, accountId);
    await useCode(trx, sent);
    // Closed, or with another address, since the code was sent.
    if (!locked || locked.disabledAt !== null || locked.email !== sent.email) throw new ApiError('code_rejected');
    await Account.query(trx).findById(accountId).patch({ passwordHash });
    // Whoever has been in the account may have begun to change its address.
    await dropCode(trx, { accountId, purpose: 'email' });
    await endSessions(trx, accountId);
    await outbox.add(trx, passwordChangedMail({ person: personOf(locked), at: clock() }));
    const subject = { kind: 'account', id: accountId };
    await audit.record(trx, { action: 'password.reset', actorId: accountId, address, subject });
  });
}
