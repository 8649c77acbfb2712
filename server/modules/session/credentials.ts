import { Account } from '../../models/account.ts';
import type { Services } from '../../services.ts';

interface Credentials {
  readonly email: string;
  readonly password: string;
}

/**
 * The account with this e-mail and password. An unknown e-mail takes as long as a wrong password, so that nobody can
 * find out who has an account.
 */
export async function checkCredentials(
  { db, passwords }: Pick<Services, 'db' | 'passwords'>,
  { email, password }: Credentials,
): Promise<Account | undefined> {
  const account = await Account.query(db).findOne({ email });
  const isRight = await passwords.verify(password, account?.passwordHash);
  return isRight ? account : undefined;
}

/** Hashes a password that was right anew, when the cost has changed since. */
export async function renewHash(
  { db, passwords }: Pick<Services, 'db' | 'passwords'>,
  { id, passwordHash }: Account,
  password: string,
): Promise<void> {
  if (!passwords.isOutdated(passwordHash)) return;
  const renewed = await passwords.hash(password);
  // Not if somebody has set another password in the meantime.
  await Account.query(db).findById(id).where('password_hash', passwordHash).patch({ passwordHash: renewed });
}
