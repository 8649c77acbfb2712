import type { Knex } from 'knex';
import type { PayerDetails } from '../../../contract/payers.ts';
import { whoOf, type Caller } from '../../audit/who.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { payerSubject, type RateLimits } from '../../http/rate-limits.ts';
import { Account } from '../../models/account.ts';
import type { Services } from '../../services.ts';
import { findLink, findPayerRow, type PayerKey } from './payer-account.queries.ts';

export interface StandingLimit {
  readonly what: PayerDetails['limits'][number]['what'];
  readonly until: Date;
}

type Person = Pick<Account, 'id' | 'email'>;

interface CodeOf {
  readonly managerId: string;
  readonly code: string;
}

/** Each limit that can keep a person from signing in, with what it counts by. */
const signInLimits = (limits: RateLimits, { id, email }: Person) =>
  [
    [limits.signIn, email],
    [limits.secondFactor, id],
    [limits.ownPassword, id],
    [limits.codeTries, id],
    [limits.codeTries, email],
  ] as const;

const registrationLimits = (limits: RateLimits, { managerId, code }: CodeOf) =>
  [[limits.registrationPayer, payerSubject(managerId, code)]] as const;

async function newest(db: Knex, limits: ReturnType<typeof signInLimits | typeof registrationLimits>) {
  const standing = await Promise.all(limits.map(([limit, subject]) => limit.standing(db, subject)));
  const times = standing.filter((until) => until !== undefined).map((until) => until.getTime());
  return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}

/** The tries that are refused just now: of registering with the payer's code, and of the account that holds it. */
export async function standingLimits(
  { db, limits }: Pick<Services, 'db' | 'limits'>,
  payer: CodeOf,
  holder: Person | undefined,
): Promise<StandingLimit[]> {
  const signIn = holder && (await newest(db, signInLimits(limits, holder)));
  const registration = await newest(db, registrationLimits(limits, payer));
  return [
    ...(signIn ? [{ what: 'sign-in' as const, until: signIn }] : []),
    ...(registration ? [{ what: 'registration' as const, until: registration }] : []),
  ];
}

/**
 * Forgets the wrong tries of registering with the payer's code, and of the account that holds it, from wherever they
 * came. Also those for which a human check would be asked, and the wait between mails with codes.
 * @throws not_found
 */
export async function liftLimits(
  { db, limits, audit }: Pick<Services, 'db' | 'limits' | 'audit'>,
  key: PayerKey,
  call: Caller,
): Promise<void> {
  await transaction(db, async (trx) => {
    const payer = await findPayerRow(trx, key);
    if (!payer) throw new ApiError('not_found');
    const link = await findLink(trx, key);
    const holder = link && (await Account.query(trx).findById(link.accountId));
    for (const [limit, subject] of registrationLimits(limits, payer)) await limit.lift(trx, subject);
    if (holder) {
      for (const [limit, subject] of signInLimits(limits, holder)) await limit.lift(trx, subject);
      await limits.signInAccount.lift(trx, holder.email);
      await limits.emailCode.lift(trx, holder.id);
      await limits.resetRequestEmail.lift(trx, holder.email);
    }
    const { managerId, payerId } = key;
    const subject = { kind: 'payer', id: payerId };
    await audit.record(trx, { action: 'limits.lifted', managerId, ...whoOf(call), subject });
  });
}
