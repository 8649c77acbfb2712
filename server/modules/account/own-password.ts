import { ApiError } from '../../http/api-error.ts';
import { Account } from '../../models/account.ts';
import type { Services } from '../../services.ts';

/**
 * The own password, asked for again before what changes who gets in or cannot be undone: an open window is no proof of
 * who sits before it. Wrong tries are counted for the account.
 * @throws wrong_password, rate_limited
 */
export async function requireOwnPassword(
  { db, passwords, limits }: Pick<Services, 'db' | 'passwords' | 'limits'>,
  accountId: string,
  password: string,
): Promise<Account> {
  await limits.ownPassword.consume(accountId);
  const account = await Account.query(db).findById(accountId);
  if (!account) throw new ApiError('not_signed_in');
  if (!(await passwords.verify(password, account.passwordHash))) throw new ApiError('wrong_password');
  await limits.ownPassword.forget(accountId);
  return account;
}
