import type { KeyObject } from 'node:crypto';
import type { Knex } from 'knex';
import { normalizeSlipPassword } from '../../../contract/schemas/slip-password.ts';
import { whoOf, type Caller } from '../../audit/who.ts';
import { codeHmac } from '../../codes.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { RecoveryCode } from '../../models/recovery-code.ts';
import { SecondFactor } from '../../models/second-factor.ts';
import type { Services } from '../../services.ts';
import { openSecret } from './sealed-secret.ts';
import { totpStep } from './totp.ts';

/** The account's second factor, once a first code has confirmed it. */
export const findSecondFactor = async (db: Knex, accountId: string): Promise<SecondFactor | undefined> =>
  SecondFactor.query(db).findById(accountId).whereNotNull('confirmed_at');

export const hasSecondFactor = async (db: Knex, accountId: string): Promise<boolean> =>
  (await findSecondFactor(db, accountId)) !== undefined;

/** What is kept of a recovery code. */
export const recoveryCodeHmac = (key: KeyObject, accountId: string, code: string): string =>
  codeHmac(key, 'recovery', accountId, code);

type Needed = Pick<Services, 'db' | 'clock' | 'keys' | 'limits'>;

/**
 * Takes a code of the app once. The step of the last one that was taken only ever grows, so a code is used up also for
 * who tries it at the same moment, and stays so when the clock is set back.
 */
async function useTotpCode({ db, clock, keys }: Needed, accountId: string, code: string): Promise<boolean> {
  const factor = await findSecondFactor(db, accountId);
  if (!factor) return false;
  const step = totpStep(openSecret(keys.secondFactor, accountId, factor.sealedSecret), code, clock());
  if (step === undefined) return false;
  const { sealedSecret } = factor;
  const taken = await SecondFactor.query(db)
    .where({ account_id: accountId, sealed_secret: sealedSecret })
    .where('last_step', '<', step)
    .patch({ lastStep: step });
  return taken === 1;
}

/** Takes a recovery code, which is gone by it: of two tries at once, one deletes the row. */
async function useRecoveryCode({ db, keys }: Needed, accountId: string, code: string): Promise<boolean> {
  const hmac = recoveryCodeHmac(keys.codes, accountId, code);
  return (await RecoveryCode.query(db).deleteById([accountId, hmac])) === 1;
}

/**
 * Whether this is the person's second factor: six digits of the authenticator app, or a recovery code, as it was
 * typed. It is used up by it. Counts the tries of the account; a good one clears them.
 * @throws rate_limited
 */
export async function verifySecondFactor(services: Needed, accountId: string, answer: string): Promise<boolean> {
  const { limits } = services;
  await limits.secondFactor.consume(accountId);
  const typed = normalizeSlipPassword(answer);
  const use = /^\d{6}$/.test(typed) ? useTotpCode : useRecoveryCode;
  const isGood = await use(services, accountId, typed);
  if (isGood) await limits.secondFactor.forget(accountId);
  return isGood;
}

/**
 * The same, for who gets no further without it; a refusal is written down.
 * @throws second_factor_rejected, rate_limited
 */
export async function requireSecondFactor(
  services: Needed & Pick<Services, 'audit'>,
  accountId: string,
  answer: string,
  call: Caller,
): Promise<void> {
  if (await verifySecondFactor(services, accountId, answer)) return;
  const subject = { kind: 'account', id: accountId };
  const deed = { action: 'second_factor.refused', ...whoOf(call), subject } as const;
  await transaction(services.db, (trx) => services.audit.record(trx, deed));
  throw new ApiError('second_factor_rejected');
}
