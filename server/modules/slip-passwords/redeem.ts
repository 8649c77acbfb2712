import type { Knex } from 'knex';
import { isSameHmac } from '../../codes.ts';
import { isMysql } from '../../db/connect.ts';
import { toInstant } from '../../db/time.ts';
import { ApiError } from '../../http/api-error.ts';
import { Payer } from '../../models/payer.ts';
import { SlipPassword } from '../../models/slip-password.ts';
import type { Services } from '../../services.ts';
import { slipPasswordHmac } from '../../slip-password.ts';

/** What stands on the slip. */
export interface SlipCredentials {
  readonly managerId: string;
  readonly payerCode: string;
  readonly slipPassword: string;
}

/**
 * The payer's slip password that this is, if it is still good. Whatever is wrong (manager, code, password, used,
 * revoked, expired), the answer is the same, so that it tells nothing to who is guessing.
 * @throws slip_password_rejected
 */
async function findSlipPassword(
  trx: Knex,
  { keys }: Pick<Services, 'keys'>,
  { managerId, payerCode, slipPassword }: SlipCredentials,
  now: string,
): Promise<SlipPassword> {
  const payer = await Payer.query(trx).findOne({ manager_id: managerId, code: payerCode });
  const hmac = slipPasswordHmac(keys.slipPassword, { managerId, payerId: payer?.id ?? '' }, slipPassword);
  const good = await SlipPassword.query(trx)
    .where({ manager_id: managerId, payer_id: payer?.id ?? '' })
    .whereNull('used_at')
    .whereNull('revoked_at')
    .where('expires_at', '>', now);
  const found = good.find((candidate) => isSameHmac(candidate.hmac, hmac));
  if (!found) throw new ApiError('slip_password_rejected');
  return found;
}

/**
 * Uses the slip password up. Of two tries at once, one changes the row and the other finds it used.
 * @throws slip_password_rejected
 */
async function useUp(trx: Knex, { managerId, id }: SlipPassword, now: string): Promise<void> {
  const used = await SlipPassword.query(trx)
    .findById([managerId, id])
    .whereNull('used_at')
    .whereNull('revoked_at')
    .patch({ usedAt: now });
  if (used !== 1) throw new ApiError('slip_password_rejected');
}

/** The payer's other ones: what they would be good for is done. */
async function revokeOthers(trx: Knex, { managerId, payerId }: SlipPassword, now: string): Promise<void> {
  await SlipPassword.query(trx)
    .where({ manager_id: managerId, payer_id: payerId })
    .whereNull('used_at')
    .whereNull('revoked_at')
    .patch({ revokedAt: now });
}

/**
 * Slip passwords are not issued while one is redeemed: the issue would not see the account that is being made, and
 * leave its payer with a good one. Several may be redeemed at once.
 */
async function holdIssues(trx: Knex, managerId: string): Promise<void> {
  if (isMysql(trx)) await trx('managers').where({ id: managerId }).forShare().first('id');
}

/**
 * Takes a slip password for what it is good for, once: tying its payer to an account. When the transaction is rolled
 * back it is as good as before.
 * @throws slip_password_rejected
 */
export async function redeemSlipPassword(
  trx: Knex,
  services: Pick<Services, 'keys' | 'clock'>,
  credentials: SlipCredentials,
): Promise<SlipPassword> {
  const now = toInstant(services.clock());
  await holdIssues(trx, credentials.managerId);
  const slipPassword = await findSlipPassword(trx, services, credentials, now);
  await useUp(trx, slipPassword, now);
  await revokeOthers(trx, slipPassword, now);
  return slipPassword;
}
