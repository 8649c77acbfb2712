import { timingSafeEqual } from 'node:crypto';
import type { Knex } from 'knex';
import type { createRegistration } from '../../../contract/registrations.ts';
import type { BodyOf } from '../../../contract/endpoint.ts';
import { newId } from '../../db/id.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { welcomeMail } from '../../mail/templates.ts';
import { Account } from '../../models/account.ts';
import { Manager } from '../../models/manager.ts';
import { Payer } from '../../models/payer.ts';
import { PayerAccount } from '../../models/payer-account.ts';
import { SlipPassword } from '../../models/slip-password.ts';
import type { Services } from '../../services.ts';
import { slipPasswordHmac } from '../../slip-password.ts';
import { portalAddressOf } from '../managers/managers.service.ts';

type Registration = BodyOf<typeof createRegistration>;

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/**
 * The payer's slip password that this is, if it is still good. Whatever is wrong (manager, code, password, used,
 * revoked, expired), the answer is the same, so that it tells nothing to who is guessing.
 * @throws slip_password_rejected
 */
async function findSlipPassword(
  trx: Knex,
  { keys, clock }: Pick<Services, 'keys' | 'clock'>,
  { managerId, payerCode, slipPassword }: Registration,
): Promise<SlipPassword> {
  const payer = await Payer.query(trx).findOne({ manager_id: managerId, code: payerCode });
  const hmac = slipPasswordHmac(keys.slipPassword, { managerId, payerId: payer?.id ?? '' }, slipPassword);
  const good = await SlipPassword.query(trx)
    .where({ manager_id: managerId, payer_id: payer?.id ?? '' })
    .whereNull('used_at')
    .whereNull('revoked_at')
    .where('expires_at', '>', toInstant(clock()));
  const found = good.find((candidate) => isSame(candidate.hmac, hmac));
  if (!found) throw new ApiError('slip_password_rejected');
  return found;
}

/**
 * Uses the slip password up. Of two registrations at once, one changes the row and the other finds it used.
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

/** @throws payer_taken, email_taken: told only to who holds a valid slip password */
async function assertFree(trx: Knex, { managerId, payerId }: SlipPassword, email: string): Promise<void> {
  if (await PayerAccount.query(trx).findById([managerId, payerId])) throw new ApiError('payer_taken');
  if (await Account.query(trx).findOne({ email })) throw new ApiError('email_taken');
}

/**
 * Makes the account of a payer who holds the slip password, all or nothing.
 * @throws slip_password_rejected, payer_taken, email_taken
 */
export async function register(services: Services, registration: Registration): Promise<void> {
  const { db, clock, config, outbox, passwords } = services;
  // Before the transaction, which must not wait for it; and always, so that the time tells nothing either.
  const passwordHash = await passwords.hash(registration.password);
  const now = toInstant(clock());
  await transaction(db, async (trx) => {
    const { managerId, email, firstName, lastName, language } = registration;
    const slipPassword = await findSlipPassword(trx, services, registration);
    await useUp(trx, slipPassword, now);
    await assertFree(trx, slipPassword, email);
    const accountId = newId();
    await Account.query(trx).insert({
      id: accountId,
      email,
      firstName,
      lastName,
      passwordHash,
      language,
      createdAt: now,
    });
    await PayerAccount.query(trx).insert({ managerId, payerId: slipPassword.payerId, accountId, linkedAt: now });
    const manager = await Manager.query(trx).findById(managerId).throwIfNotFound();
    const portal = await portalAddressOf(trx, config.publicUrl, managerId);
    await outbox.add(trx, welcomeMail({ language, email, firstName, manager, portal }));
  });
}
