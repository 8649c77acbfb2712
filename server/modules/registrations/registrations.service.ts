import type { Knex } from 'knex';
import type { createRegistration } from '../../../contract/registrations.ts';
import type { BodyOf } from '../../../contract/endpoint.ts';
import { newId } from '../../db/id.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { welcomeMail } from '../../mail/templates/welcome.ts';
import { Account } from '../../models/account.ts';
import { Manager } from '../../models/manager.ts';
import { PayerAccount } from '../../models/payer-account.ts';
import type { SlipPassword } from '../../models/slip-password.ts';
import type { Services } from '../../services.ts';
import { portalAddressOf } from '../managers/managers.service.ts';
import { redeemSlipPassword } from '../slip-passwords/redeem.ts';

type Registration = BodyOf<typeof createRegistration>;

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
    const slipPassword = await redeemSlipPassword(trx, services, registration);
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
    await outbox.add(trx, welcomeMail({ person: { language, email, firstName, accountId }, manager, portal }));
  });
}
