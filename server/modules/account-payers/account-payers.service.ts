import type { Knex } from 'knex';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { payerAddedMail } from '../../mail/templates/payer-added.ts';
import { payerLeftMail } from '../../mail/templates/payer-left.ts';
import { payerRemovedMail } from '../../mail/templates/payer-removed.ts';
import type { Account } from '../../models/account.ts';
import { Manager } from '../../models/manager.ts';
import { Payer } from '../../models/payer.ts';
import { PayerAccount } from '../../models/payer-account.ts';
import type { Services } from '../../services.ts';
import type { Asker } from '../account/asker.ts';
import { personOf } from '../account/person.ts';
import { withdrawOpenRequest } from '../e-invoices/open-requests.ts';
import type { PayerKey } from '../payers/payer-account.queries.ts';
import { lockOwnAccount } from '../session/sessions.ts';
import { redeemSlipPassword, type SlipCredentials } from '../slip-passwords/redeem.ts';

type LinkServices = Pick<Services, 'db' | 'clock' | 'keys' | 'outbox' | 'audit'>;

/** Manager and payer of a link, for the mails about it. */
export async function partiesOf(trx: Knex, { managerId, payerId }: PayerKey) {
  const manager = await Manager.query(trx).findById(managerId).throwIfNotFound();
  const payer = await Payer.query(trx).findById([managerId, payerId]).throwIfNotFound();
  return { manager, payer };
}

/** Only who has proved the address may add premises: what comes next is sent there. */
async function confirmedAccount(trx: Knex, accountId: string): Promise<Account> {
  const account = await lockOwnAccount(trx, accountId);
  if (account.emailConfirmedAt === null) throw new ApiError('email_unconfirmed');
  return account;
}

async function linkPayer(trx: Knex.Transaction, services: LinkServices, asker: Asker, credentials: SlipCredentials) {
  const { clock, outbox, audit } = services;
  const account = await confirmedAccount(trx, asker.actorId);
  const { managerId, payerId } = await redeemSlipPassword(trx, services, credentials);
  if (await PayerAccount.query(trx).findById([managerId, payerId])) throw new ApiError('payer_taken');
  await PayerAccount.query(trx).insert({ managerId, payerId, accountId: account.id, linkedAt: toInstant(clock()) });
  const parties = await partiesOf(trx, { managerId, payerId });
  await outbox.add(trx, payerAddedMail({ person: personOf(account), ...parties }));
  const subject = { kind: 'payer', id: payerId };
  await audit.record(trx, { action: 'payer.linked', managerId, ...asker, subject });
}

/** Slip passwords can be guessed here as at the registration. A manager that does not exist has no trail of its own. */
async function noteRefusal(
  { db, audit }: LinkServices,
  asker: Asker,
  { managerId, payerCode }: SlipCredentials,
  error: unknown,
): Promise<void> {
  if (!(error instanceof ApiError)) return;
  const manager = await Manager.query(db).findById(managerId).select('id');
  const subject = { kind: 'payer code', id: payerCode };
  const deed = { action: 'payer.link_refused', managerId: manager?.id ?? null, ...asker, subject } as const;
  await transaction(db, (trx) => audit.record(trx, { ...deed, details: { reason: error.code } }));
}

/**
 * Ties a payer to the account, by what stands on the payer's slip; all or nothing. A refusal is written down.
 * @throws email_unconfirmed, slip_password_rejected, payer_taken (told only to who holds a valid slip password)
 */
export async function addPayer(services: LinkServices, asker: Asker, credentials: SlipCredentials): Promise<void> {
  try {
    await transaction(services.db, (trx) => linkPayer(trx, services, asker, credentials));
  } catch (error) {
    await noteRefusal(services, asker, credentials, error);
    throw error;
  }
}

/**
 * Takes a payer off the account. The office is told, by mail and in the trail: who shall pay next is its business.
 * @throws not_found when it is not the account's, not_signed_in
 */
export async function removePayer(services: LinkServices, asker: Asker, payerId: string): Promise<void> {
  const { db, clock, outbox, audit } = services;
  await transaction(db, async (trx) => {
    const account = await lockOwnAccount(trx, asker.actorId);
    const link = await PayerAccount.query(trx).findOne({ account_id: account.id, payer_id: payerId });
    if (!link) throw new ApiError('not_found');
    await PayerAccount.query(trx).deleteById([link.managerId, payerId]);
    await withdrawOpenRequest(trx, link, toInstant(clock()));
    const parties = await partiesOf(trx, link);
    // An address that nobody has proved may be a stranger's, whom the payer is no business of.
    if (account.emailConfirmedAt !== null)
      await outbox.add(trx, payerRemovedMail({ person: personOf(account), ...parties }));
    await tellOffice(trx, services, parties);
    await audit.record(trx, {
      action: 'payer.unlinked',
      managerId: link.managerId,
      ...asker,
      subject: { kind: 'payer', id: payerId },
    });
  });
}

/** A manager without an e-mail address finds it in the trail alone. */
export async function tellOffice(
  trx: Knex,
  { outbox }: Pick<Services, 'outbox'>,
  parties: { readonly manager: Manager; readonly payer: Payer },
): Promise<void> {
  const mail = payerLeftMail(parties);
  if (mail) await outbox.add(trx, mail);
}
