import type { Knex } from 'knex';
import type { OtherSession } from '../../../contract/errors.ts';
import { newId } from '../../db/id.ts';
import { days, later, toInstant, toIso } from '../../db/time.ts';
import { ApiError } from '../../http/api-error.ts';
import { hashToken, isAlive, newToken } from '../../http/authenticate.ts';
import { Account } from '../../models/account.ts';
import { DisplacedSession } from '../../models/displaced-session.ts';
import { Session } from '../../models/session.ts';
import type { Services } from '../../services.ts';

/**
 * The account's row, locked until the transaction ends. Whatever begins or ends sessions, or changes what a sign-in
 * asks for, holds this lock, so that of two at once the second sees what the first has done.
 */
export const lockAccount = async (trx: Knex, accountId: string): Promise<Account | undefined> =>
  Account.query(trx).findById(accountId).forUpdate();

/** The same for who asks, whose account may have been deleted since the request was let in. @throws not_signed_in */
export async function lockOwnAccount(trx: Knex, accountId: string): Promise<Account> {
  const account = await lockAccount(trx, accountId);
  if (!account) throw new ApiError('not_signed_in');
  return account;
}

/** The account's session, if a client could still use it. */
export async function findLiveSession(
  trx: Knex,
  { clock, config }: Pick<Services, 'clock' | 'config'>,
  accountId: string,
): Promise<Session | undefined> {
  const session = await Session.query(trx).findOne({ account_id: accountId });
  return session && isAlive(session, clock(), config.sessionIdleDays) ? session : undefined;
}

export const presentOther = ({ device, createdAt }: Pick<Session, 'device' | 'createdAt'>): OtherSession => ({
  device,
  since: toIso(createdAt),
});

interface NewSession {
  readonly accountId: string;
  /** What the session says of where it is. */
  readonly device: string | undefined;
}

/**
 * Starts the account's one session; an earlier one ends. Its client is told no more than that it is not signed in:
 * where somebody else may sit before it, `displace` comes first.
 * @returns the token, which is kept nowhere
 */
export async function startSession(
  trx: Knex,
  { clock, config }: Pick<Services, 'clock' | 'config'>,
  { accountId, device }: NewSession,
): Promise<string> {
  const token = newToken();
  const now = clock();
  await endSessions(trx, accountId);
  await Session.query(trx).insert({
    id: newId(),
    accountId,
    tokenHash: hashToken(token),
    device: device ?? null,
    createdAt: toInstant(now),
    lastUsedAt: toInstant(now),
    expiresAt: toInstant(later(now, config.sessionAbsoluteDays * days)),
  });
  return token;
}

/** Ends the account's session wherever it is. Says whether there was one. */
export async function endSessions(trx: Knex, accountId: string): Promise<boolean> {
  await lockAccount(trx, accountId);
  return (await Session.query(trx).delete().where('account_id', accountId)) > 0;
}

/** Leaves word for the client of a session that another one takes the place of: it will ask with the old token. */
export async function displace(trx: Knex, session: Session, device: string | undefined, now: Date): Promise<void> {
  const { tokenHash, accountId } = session;
  await DisplacedSession.query(trx).insert({
    tokenHash,
    accountId,
    device: device ?? null,
    displacedAt: toInstant(now),
  });
}
