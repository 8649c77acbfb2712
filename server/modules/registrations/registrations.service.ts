import type { Knex } from 'knex';
import type { BodyOf } from '../../../contract/endpoint.ts';
import type { createRegistration } from '../../../contract/registrations.ts';
import { ownPasswordContext } from '../../../contract/schemas/own-password.ts';
import { whoOf, type Caller } from '../../audit/who.ts';
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
import { newEmailCode } from '../account/email.service.ts';
import { assertUncommon } from '../account/own-password.ts';
import { portalAddressOf } from '../managers/managers.service.ts';
import { redeemSlipPassword } from '../slip-passwords/redeem.ts';

type Registration = BodyOf<typeof createRegistration>;

/** @throws payer_taken, email_taken: told only to who holds a valid slip password */
async function assertFree(trx: Knex, { managerId, payerId }: SlipPassword, email: string): Promise<void> {
  if (await PayerAccount.query(trx).findById([managerId, payerId])) throw new ApiError('payer_taken');
  if (await Account.query(trx).findOne({ email })) throw new ApiError('email_taken');
}

/** The new account, and the payer that is now its. */
async function createAccount(
  trx: Knex,
  services: Services,
  registration: Registration,
  passwordHash: string,
): Promise<PayerAccount> {
  const { managerId, email, firstName, lastName, language } = registration;
  const slipPassword = await redeemSlipPassword(trx, services, registration);
  await assertFree(trx, slipPassword, email);
  const id = newId();
  const now = toInstant(services.clock());
  await Account.query(trx).insert({ id, email, firstName, lastName, passwordHash, language, createdAt: now });
  return PayerAccount.query(trx).insert({ managerId, payerId: slipPassword.payerId, accountId: id, linkedAt: now });
}

/** Welcomes the person, with the code by which the e-mail address is confirmed. */
async function welcome(
  trx: Knex,
  services: Services,
  { email, firstName, language }: Registration,
  link: PayerAccount,
) {
  const { accountId, managerId } = link;
  const manager = await Manager.query(trx).findById(managerId).throwIfNotFound();
  const portal = await portalAddressOf(trx, services.config.publicUrl, managerId);
  const code = await newEmailCode(trx, services, accountId, email);
  await services.outbox.add(
    trx,
    welcomeMail({ person: { accountId, language, email, firstName }, manager, portal, code }),
  );
}

/** Whatever it was refused for, as much is written down. A manager that does not exist has no trail of its own. */
async function noteRefusal(
  { db, audit }: Services,
  call: Caller,
  { managerId, payerCode }: { readonly managerId: string | undefined; readonly payerCode: string },
  error: unknown,
): Promise<void> {
  if (!(error instanceof ApiError)) return;
  const subject = { kind: 'payer code', id: payerCode };
  const details = { reason: error.code };
  await transaction(db, (trx) =>
    audit.record(trx, {
      action: 'registration.refused',
      ...(managerId && { managerId }),
      ...whoOf(call),
      subject,
      details,
    }),
  );
}

/**
 * Makes the account of a payer who holds the slip password, all or nothing.
 * @throws slip_password_rejected, payer_taken, email_taken, invalid_request (common_password)
 */
export async function register(services: Services, call: Caller, registration: Registration): Promise<void> {
  const { db, audit, passwords } = services;
  const { email, firstName, lastName, payerCode, password } = registration;
  const manager = await Manager.query(db).findById(registration.managerId);
  assertUncommon(password, ownPasswordContext(email, firstName, lastName, payerCode, manager?.name ?? ''));
  // Before the transaction, which must not wait for it; and always, so that the time tells nothing either.
  const passwordHash = await passwords.hash(password);
  try {
    await transaction(db, async (trx) => {
      const link = await createAccount(trx, services, registration, passwordHash);
      await welcome(trx, services, registration, link);
      const { accountId, managerId, payerId } = link;
      const who = whoOf({ ...call, actor: { accountId } });
      await audit.record(trx, {
        action: 'registration.completed',
        managerId,
        ...who,
        subject: { kind: 'payer', id: payerId },
      });
    });
  } catch (error) {
    await noteRefusal(services, call, { managerId: manager?.id, payerCode }, error);
    throw error;
  }
}
