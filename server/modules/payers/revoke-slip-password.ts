import { whoOf, type Caller } from '../../audit/who.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { SlipPassword } from '../../models/slip-password.ts';
import type { Services } from '../../services.ts';
import { lockPayer } from '../e-invoices/write-channel.ts';
import type { PayerKey } from './payer-account.queries.ts';

/** The payer's slip passwords that could still be used, expired ones too. */
export const openSlipPasswords = (trx: Parameters<typeof SlipPassword.query>[0], { managerId, payerId }: PayerKey) =>
  SlipPassword.query(trx)
    .where({ manager_id: managerId, payer_id: payerId })
    .whereNull('used_at')
    .whereNull('revoked_at');

/**
 * Voids the slip password that the payer has. Of a registration at the same moment, either the password is used up
 * first, or it is refused.
 * @throws not_found
 */
export async function revokeSlipPassword(
  { db, clock, audit }: Pick<Services, 'db' | 'clock' | 'audit'>,
  call: Caller,
  key: PayerKey,
): Promise<void> {
  const { managerId, payerId } = key;
  await transaction(db, async (trx) => {
    await lockPayer(trx, key);
    const count = await openSlipPasswords(trx, key).patch({ revokedAt: toInstant(clock()) });
    if (count === 0) return;
    const subject = { kind: 'payer', id: payerId };
    await audit.record(trx, {
      action: 'slip_passwords.revoked',
      managerId,
      ...whoOf(call),
      subject,
      details: { count },
    });
  });
}
