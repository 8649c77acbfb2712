import type { Knex } from 'knex';
import { whoOf, type Caller } from '../../audit/who.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { payerReleasedMail } from '../../mail/templates/payer-released.ts';
import { Account } from '../../models/account.ts';
import { Manager } from '../../models/manager.ts';
import type { Payer } from '../../models/payer.ts';
import { PayerAccount } from '../../models/payer-account.ts';
import type { Services } from '../../services.ts';
import { personOf } from '../account/person.ts';
import { withdrawOpenRequest } from '../e-invoices/open-requests.ts';
import { endSessions, lockAccount } from '../session/sessions.ts';
import { findPayerRow, holdsAnything, lockLink, type PayerKey } from './payer-account.queries.ts';

type AccountServices = Pick<Services, 'db' | 'clock' | 'outbox' | 'audit'>;

interface Held {
  readonly payer: Payer;
  /** The account that holds the payer, locked; undefined when none does. */
  readonly account: Account | undefined;
}

/** @throws not_found when the manager has no such payer */
async function lockHolder(trx: Knex, key: PayerKey): Promise<Held> {
  const payer = await findPayerRow(trx, key);
  if (!payer) throw new ApiError('not_found');
  const link = await lockLink(trx, key);
  return { payer, account: link && (await lockAccount(trx, link.accountId)) };
}

/**
 * Takes the link away. Somebody who never proved the e-mail address, and is left with nothing, is deleted: the address
 * may be that of the very person who shall register now, and would be taken. An address that was never confirmed gets
 * no mail either: it may be a stranger's, whom the payer's name is no business of.
 * @returns whether the account was deleted
 */
async function unlink(
  trx: Knex,
  { clock, outbox }: AccountServices,
  { managerId, payerId }: PayerKey,
  { payer, account }: { readonly payer: Payer; readonly account: Account },
): Promise<boolean> {
  await withdrawOpenRequest(trx, { managerId, payerId }, toInstant(clock()));
  await PayerAccount.query(trx).deleteById([managerId, payerId]);
  if (account.emailConfirmedAt !== null) {
    const manager = await Manager.query(trx).findById(managerId).throwIfNotFound();
    await outbox.add(trx, payerReleasedMail({ person: personOf(account), manager, payer }));
    return false;
  }
  if (await holdsAnything(trx, account.id)) return false;
  await Account.query(trx).deleteById(account.id);
  return true;
}

/**
 * Takes the payer off its account, so that the right person can register with a new slip password. Holds from the
 * account's next request on; it stays signed in, with what else it has. Nothing happens when no account holds the payer.
 * @throws not_found
 */
export async function releasePayer(services: AccountServices, key: PayerKey, call: Caller): Promise<void> {
  const { db, audit } = services;
  const { managerId, payerId } = key;
  await transaction(db, async (trx) => {
    const { payer, account } = await lockHolder(trx, key);
    if (!account) return;
    const isDeleted = await unlink(trx, services, key, { payer, account });
    const who = whoOf(call);
    await audit.record(trx, {
      action: 'payer.released',
      managerId,
      ...who,
      subject: { kind: 'payer', id: payerId },
      details: { accountDeleted: isDeleted },
    });
    const subject = { kind: 'account', id: account.id };
    if (isDeleted) await audit.record(trx, { action: 'account.deleted', ...who, subject });
  });
}

/**
 * Signs the account that holds the payer out, wherever it is signed in.
 * @throws not_found
 */
export async function endPayerSession(services: AccountServices, key: PayerKey, call: Caller): Promise<void> {
  const { db, audit } = services;
  const { managerId, payerId } = key;
  await transaction(db, async (trx) => {
    const { account } = await lockHolder(trx, key);
    if (!account || !(await endSessions(trx, account.id))) return;
    const subject = { kind: 'payer', id: payerId };
    await audit.record(trx, { action: 'session.ended', managerId, ...whoOf(call), subject });
  });
}
