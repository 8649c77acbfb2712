import { commonPasswordFault, ownPasswordRules } from '../../../contract/schemas/own-password.ts';
import { ApiError } from '../../http/api-error.ts';
import { counted } from '../../http/limit.ts';
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
  return counted(limits.ownPassword, [accountId], async () => {
    const account = await Account.query(db).findById(accountId);
    if (!account) throw new ApiError('not_signed_in');
    if (!(await passwords.verify(password, account.passwordHash))) throw new ApiError('wrong_password');
    return account;
  });
}

/**
 * The schema has checked the rule; who the person is, it could not know.
 * @param context what others know of the person: `ownPasswordContext`
 * @throws invalid_request when the new password is made of it
 */
export function assertUncommon(password: string, context: readonly string[]): void {
  if (ownPasswordRules.common(password, context)) return;
  throw new ApiError('invalid_request', { fields: [{ path: 'password', rule: commonPasswordFault }] });
}
