import type { Knex } from 'knex';
import type { ChannelChoice } from '../../../contract/e-invoices.ts';
import { newId } from '../../db/id.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { eInvoiceRequestedMail } from '../../mail/templates/e-invoice-requested.ts';
import { EInvoiceRequest } from '../../models/e-invoice-request.ts';
import { Manager } from '../../models/manager.ts';
import type { Services } from '../../services.ts';
import type { Asker } from '../account/asker.ts';
import { lockLink, type PayerKey } from '../payers/payer-account.queries.ts';
import { hasChoice, isSameChoice, toColumns } from './channel-choice.ts';
import { findOpenRequest, withdrawOpenRequest } from './open-requests.ts';
import { lockPayer } from './write-channel.ts';

type RequestServices = Pick<Services, 'db' | 'clock' | 'outbox' | 'audit'>;

/** The payer is still the account's: it may have been released since the request was let in. @throws not_found */
async function assertHeld(trx: Knex, key: PayerKey, accountId: string): Promise<void> {
  const link = await lockLink(trx, key);
  if (link?.accountId !== accountId) throw new ApiError('not_found');
}

/**
 * Asks the office for a channel, with the open request, if there is one, taken back.
 * @throws not_found, e_invoice_request_state for what the payer has already or waits for already
 */
export async function requestEInvoice(
  { db, clock, outbox, audit }: RequestServices,
  asker: Asker,
  key: PayerKey,
  choice: ChannelChoice,
): Promise<void> {
  const now = toInstant(clock());
  const asked = toColumns(choice);
  await transaction(db, async (trx) => {
    await assertHeld(trx, key, asker.actorId);
    const payer = await lockPayer(trx, key);
    const open = await findOpenRequest(trx, key);
    if (hasChoice(payer, asked) || (open && isSameChoice(open, asked))) throw new ApiError('e_invoice_request_state');
    await withdrawOpenRequest(trx, key, now);
    const id = newId();
    const request = {
      ...key,
      id,
      accountId: asker.actorId,
      ...asked,
      state: 'open',
      isOpen: 1,
      createdAt: now,
    } as const;
    await EInvoiceRequest.query(trx).insert(request);
    const manager = await Manager.query(trx).findById(key.managerId).throwIfNotFound();
    const mail = eInvoiceRequestedMail({ manager, payer, channel: asked.channel });
    if (mail) await outbox.add(trx, mail);
    await audit.record(trx, {
      ...{ action: 'e_invoice.requested', managerId: key.managerId, ...asker },
      ...{ subject: { kind: 'payer', id: key.payerId }, details: { channel: asked.channel, request: id } },
    });
  });
}

/**
 * Takes the open request back.
 * @throws not_found, e_invoice_request_state when none is open (any more)
 */
export async function withdrawRequest(
  { db, clock, audit }: RequestServices,
  asker: Asker,
  key: PayerKey,
): Promise<void> {
  await transaction(db, async (trx) => {
    await assertHeld(trx, key, asker.actorId);
    if (!(await withdrawOpenRequest(trx, key, toInstant(clock())))) throw new ApiError('e_invoice_request_state');
    const subject = { kind: 'payer', id: key.payerId };
    await audit.record(trx, { action: 'e_invoice.withdrawn', managerId: key.managerId, ...asker, subject });
  });
}
