import type { KeyObject } from 'node:crypto';
import type { Knex } from 'knex';
import { normalizeSlipPassword } from '../../../contract/schemas/slip-password.ts';
import { codeHmac } from '../../codes.ts';
import { RecoveryCode } from '../../models/recovery-code.ts';
import { SecondFactor } from '../../models/second-factor.ts';
import type { Services } from '../../services.ts';
import { openSecret } from './sealed-secret.ts';
import { totpStep } from './totp.ts';

/** The account's second factor, once a first code has confirmed it. */
const findSecondFactor = async (db: Knex, accountId: string): Promise<SecondFactor | undefined> =>
  SecondFactor.query(db).findById(accountId).whereNotNull('confirmed_at');

export const hasSecondFactor = async (db: Knex, accountId: string): Promise<boolean> =>
  (await findSecondFactor(db, accountId)) !== undefined;

/** What is kept of a recovery code. */
export const recoveryCodeHmac = (key: KeyObject, accountId: string, code: string): string =>
  codeHmac(key, 'recovery', accountId, code);

type Needed = Pick<Services, 'db' | 'clock' | 'keys'>;

/**
 * The step of the last code that was taken only ever grows: a code is used up also for who tries it at the same moment,
 * and stays so when the clock is set back.
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

/** The code is gone by it: of two tries at once, one deletes the row. */
async function useRecoveryCode({ db, keys }: Needed, accountId: string, code: string): Promise<boolean> {
  const hmac = recoveryCodeHmac(keys.codes, accountId, code);
  return (await RecoveryCode.query(db).deleteById([accountId, hmac])) === 1;
}

/**
 * Whether this is the person's second factor: six digits of the authenticator app, or a recovery code, as it was typed.
 * It is used up by it, unless the transaction is rolled back. The tries are counted by who calls (limits.secondFactor).
 */
export function useSecondFactor(services: Needed, accountId: string, answer: string): Promise<boolean> {
  const typed = normalizeSlipPassword(answer);
  const use = /^\d{6}$/.test(typed) ? useTotpCode : useRecoveryCode;
  return use(services, accountId, typed);
}
