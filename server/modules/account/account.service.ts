import type { changePassword as changePasswordOperation, updateAccount } from '../../../contract/account.ts';
import type { BodyOf } from '../../../contract/endpoint.ts';
import { ownPasswordContext } from '../../../contract/schemas/own-password.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { passwordChangedMail } from '../../mail/templates/password-changed.ts';
import { Account } from '../../models/account.ts';
import type { Services } from '../../services.ts';
import { describeSession } from '../session/session.service.ts';
import { lockAccount, startSession } from '../session/sessions.ts';
import { dropCode } from './account-codes.ts';
import type { Asker } from './asker.ts';
import { assertUncommon, requireOwnPassword } from './own-password.ts';
import { personOf } from './person.ts';

/** Changes what is given of name and language. */
export async function changeProfile(
  { db }: Pick<Services, 'db'>,
  accountId: string,
  changes: BodyOf<typeof updateAccount>,
): Promise<void> {
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length > 0) await Account.query(db).findById(accountId).patch(given);
}

/** What others know of the person, and of what is the person's. */
async function contextOf(
  services: Pick<Services, 'db' | 'clock' | 'config'>,
  { id, email, firstName, lastName }: Account,
): Promise<string[]> {
  const { payers = [], roles = [] } = (await describeSession(services, id)) ?? {};
  const ofPayers = payers.flatMap(({ code, managerName }) => [code, managerName]);
  return ownPasswordContext(email, firstName, lastName, ...ofPayers, ...roles.map(({ managerName }) => managerName));
}

type PasswordChange = BodyOf<typeof changePasswordOperation>;
type PasswordServices = Pick<Services, 'db' | 'clock' | 'config' | 'passwords' | 'limits' | 'outbox' | 'audit'>;

function assertOther(password: string, currentPassword: string): void {
  if (password.normalize('NFC') !== currentPassword.normalize('NFC')) return;
  throw new ApiError('invalid_request', { fields: [{ path: 'password', rule: 'same_password' }] });
}

/**
 * Changes the own password. The session ends, and a new one begins in the same transaction: who holds the old token,
 * or a code for a new password, has nothing any more.
 * @returns the new session's token
 * @throws wrong_password, rate_limited, invalid_request (same_password, common_password)
 */
export async function changePassword(
  services: PasswordServices,
  asker: Asker,
  { currentPassword, password, device }: PasswordChange,
): Promise<string> {
  const { db, clock, passwords, outbox, audit } = services;
  const account = await requireOwnPassword(services, asker.actorId, currentPassword);
  assertOther(password, currentPassword);
  assertUncommon(password, await contextOf(services, account));
  const passwordHash = await passwords.hash(password);
  return transaction(db, async (trx) => {
    const locked = await lockAccount(trx, account.id);
    // Somebody has set another one in the meantime.
    if (locked?.passwordHash !== account.passwordHash) throw new ApiError('wrong_password');
    await Account.query(trx).findById(account.id).patch({ passwordHash });
    await dropCode(trx, { accountId: account.id, purpose: 'password' });
    const token = await startSession(trx, services, { accountId: account.id, device });
    await outbox.add(trx, passwordChangedMail({ person: personOf(locked), at: clock() }));
    await audit.record(trx, { action: 'password.changed', ...asker, subject: { kind: 'account', id: account.id } });
    return token;
  });
}
