import type { Knex } from 'knex';
import type { BodyOf } from '../../../contract/endpoint.ts';
import type { createSession } from '../../../contract/session.ts';
import { whoOf } from '../../audit/who.ts';
import { transaction } from '../../db/transaction.ts';
import { addressPrefix } from '../../http/address.ts';
import { ApiError } from '../../http/api-error.ts';
import type { Call } from '../../http/route.ts';
import { requireHuman } from '../../human-check/require-human.ts';
import type { Account } from '../../models/account.ts';
import type { Services } from '../../services.ts';
import { hasSecondFactor, useSecondFactor } from '../second-factor/verify.ts';
import { checkCredentials, renewHash } from './credentials.ts';
import { displace, findLiveSession, lockAccount, presentOther, startSession } from './sessions.ts';

type SignIn = BodyOf<typeof createSession>;
type SignInCall = Call<typeof createSession>;

/** Wrong tries of an account from one network before a human check is asked for. */
const humanCheckAfter = 3;

/** Whether somebody could be guessing: this account from here, this account from anywhere, or any account from here. */
async function needsHumanCheck({ humanCheck, limits }: Services, email: string, network: string): Promise<boolean> {
  if (humanCheck.kind === 'off') return false;
  if ((await limits.signIn.tries(email, network)) >= humanCheckAfter) return true;
  return (await limits.signInAccount.isOver(email)) || (await limits.signInFailures.isOver(network));
}

/**
 * Lets one try through, and counts it before it is made: parallel tries cannot slip past. A try that still lacks its
 * human check is none, and one that must wait uses no human check up.
 * @throws rate_limited, human_check_required, human_check_failed, human_check_unavailable
 */
async function admitTry(services: Services, { email, humanCheck }: SignIn, network: string): Promise<void> {
  const { limits } = services;
  await limits.signIn.check(email, network);
  if (await needsHumanCheck(services, email, network)) {
    if (humanCheck === undefined) throw new ApiError('human_check_required');
    await requireHuman(services.humanCheck, humanCheck, 'sign-in');
  }
  await limits.signIn.consume(email, network);
}

/** Counts and writes down a wrong password; for an unknown e-mail as much is done as for a known one. */
async function noteFailure({ db, limits, audit }: Services, { body, ...call }: SignInCall): Promise<void> {
  const subject = { kind: 'email', id: audit.pseudonym(body.email) };
  await limits.signInAccount.count(body.email);
  await limits.signInFailures.count(addressPrefix(call.request.address));
  await transaction(db, (trx) =>
    audit.record(trx, {
      action: 'session.refused',
      ...whoOf(call),
      subject,
      details: { reason: 'wrong_credentials' },
    }),
  );
}

/** @throws second_factor_required, second_factor_rejected */
async function passSecondFactor(trx: Knex, services: Services, accountId: string, answer?: string): Promise<void> {
  if (!(await hasSecondFactor(trx, accountId))) return;
  if (answer === undefined) throw new ApiError('second_factor_required');
  const isGood = await useSecondFactor({ ...services, db: trx }, accountId, answer);
  if (!isGood) throw new ApiError('second_factor_rejected');
}

/**
 * What stands between the right password and the session, and the session itself, under the account's lock: all or
 * nothing. A code of the second factor is therefore not used up by a request that ends with `session_active`, and is
 * still good for the one that takes over.
 * @returns the token; undefined when another password was set since this one was found right
 * @throws account_disabled, second_factor_required, second_factor_rejected, session_active
 */
async function beginSession(
  trx: Knex.Transaction,
  services: Services,
  { id, passwordHash }: Account,
  { body, request }: SignInCall,
): Promise<string | undefined> {
  const account = await lockAccount(trx, id);
  if (account?.passwordHash !== passwordHash) return undefined;
  if (account.disabledAt !== null) throw new ApiError('account_disabled');
  await passSecondFactor(trx, services, id, body.secondFactor);
  const other = await findLiveSession(trx, services, id);
  if (other && !body.takeOver) throw new ApiError('session_active', { session: presentOther(other) });
  const now = services.clock();
  if (other) await displace(trx, other, body.device, now);
  const token = await startSession(trx, { ...services, clock: () => now }, { accountId: id, device: body.device });
  await services.audit.record(trx, {
    action: other ? 'session.taken_over' : 'session.started',
    ...whoOf({ actor: { accountId: id }, request }),
    subject: { kind: 'account', id },
  });
  return token;
}

/** What is left to do when somebody with the right password gets no session. */
async function noteRefusal(services: Services, accountId: string, call: SignInCall, error: unknown): Promise<void> {
  if (!(error instanceof ApiError)) return;
  const subject = { kind: 'account', id: accountId };
  const who = whoOf(call);
  const { db, audit, limits } = services;
  // That far comes only who has passed the second factor.
  if (error.code === 'session_active') await limits.secondFactor.forget(accountId);
  if (error.code === 'second_factor_rejected')
    await transaction(db, (trx) => audit.record(trx, { action: 'second_factor.refused', ...who, subject }));
  if (error.code === 'account_disabled') {
    const details = { reason: error.code };
    await transaction(db, (trx) => audit.record(trx, { action: 'session.refused', ...who, subject, details }));
  }
}

async function tryCredentials(services: Services, call: SignInCall): Promise<Account> {
  const account = await checkCredentials(services, call.body);
  if (account) return account;
  await noteFailure(services, call);
  throw new ApiError('wrong_credentials');
}

async function passOn(services: Services, account: Account, call: SignInCall): Promise<string | undefined> {
  const { db, limits } = services;
  const { secondFactor } = call.body;
  if (secondFactor !== undefined) await limits.secondFactor.consume(account.id);
  try {
    const token = await transaction(db, (trx) => beginSession(trx, services, account, call));
    if (secondFactor !== undefined) await limits.secondFactor.forget(account.id);
    return token;
  } catch (error) {
    await noteRefusal(services, account.id, call, error);
    throw error;
  }
}

export interface SignedIn {
  readonly accountId: string;
  readonly token: string;
}

/**
 * Signs a person in, as far as the request brings what that takes: the error says what is missing.
 * @throws what session.create declares
 */
export async function signIn(services: Services, call: SignInCall): Promise<SignedIn> {
  const { body, request } = call;
  const network = addressPrefix(request.address);
  await admitTry(services, body, network);
  for (;;) {
    const account = await tryCredentials(services, call);
    await services.limits.signIn.forget(body.email, network);
    const token = await passOn(services, account, call);
    // Another password was set in the meantime: is this one still right?
    if (token === undefined) continue;
    await renewHash(services, account, body.password);
    return { accountId: account.id, token };
  }
}
