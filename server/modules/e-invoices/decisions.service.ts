import type { Knex } from 'knex';
import { whoOf, type Caller } from '../../audit/who.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { eInvoiceConfirmedMail } from '../../mail/templates/e-invoice-confirmed.ts';
import { eInvoiceRefusedMail } from '../../mail/templates/e-invoice-refused.ts';
import { Account } from '../../models/account.ts';
import { EInvoiceRequest } from '../../models/e-invoice-request.ts';
import { Manager } from '../../models/manager.ts';
import { Payer } from '../../models/payer.ts';
import type { Services } from '../../services.ts';
import { personOf } from '../account/person.ts';
import { lockPayer, writeChannel } from './write-channel.ts';

type DecisionServices = Pick<Services, 'db' | 'clock' | 'outbox' | 'audit'>;

interface RequestKey {
  readonly managerId: string;
  readonly id: string;
}

async function findRequest(trx: Knex, { managerId, id }: RequestKey): Promise<EInvoiceRequest> {
  const request = await EInvoiceRequest.query(trx).findById([managerId, id]);
  if (!request) throw new ApiError('not_found');
  return request;
}

type Decision = { readonly state: 'confirmed' } | { readonly state: 'refused'; readonly reason: string };

/** Of all who decide or take back at the same moment one changes the row. @throws e_invoice_request_state for the others */
async function decide(trx: Knex, { managerId, id }: RequestKey, decision: Decision, by: string, now: string) {
  const decided = await EInvoiceRequest.query(trx)
    .findById([managerId, id])
    .where('is_open', 1)
    .patch({ ...decision, isOpen: null, decidedAt: now, decidedBy: by });
  if (decided !== 1) throw new ApiError('e_invoice_request_state');
}

/** Who asked, if there is still somebody, at an address that is known to be theirs. */
async function askerFor(trx: Knex, { accountId }: EInvoiceRequest): Promise<Account | undefined> {
  const account = accountId === null ? undefined : await Account.query(trx).findById(accountId);
  return account?.emailConfirmedAt === null ? undefined : account;
}

/** Confirms the open request of a payer that is locked, with all that follows from it, except for the trail. */
export async function fulfil(
  trx: Knex,
  { clock, outbox }: DecisionServices,
  payer: Payer,
  request: EInvoiceRequest,
  decidedBy: string,
): Promise<void> {
  const now = toInstant(clock());
  await decide(trx, request, { state: 'confirmed' }, decidedBy, now);
  await writeChannel(trx, payer, request, { now, changedBy: decidedBy, requestId: request.id });
  const asker = await askerFor(trx, request);
  if (!asker) return;
  const manager = await Manager.query(trx).findById(payer.managerId).throwIfNotFound();
  await outbox.add(trx, eInvoiceConfirmedMail({ person: personOf(asker), manager, payer, ...request }));
}

/**
 * Gives the payer the channel that was asked for.
 * @throws not_found, e_invoice_request_state when it was decided or taken back meanwhile
 */
export async function confirmRequest(services: DecisionServices, call: Caller, key: RequestKey): Promise<void> {
  const { db, audit } = services;
  await transaction(db, async (trx) => {
    const request = await findRequest(trx, key);
    const { managerId, payerId, channel } = request;
    const payer = await lockPayer(trx, { managerId, payerId });
    await fulfil(trx, services, payer, request, call.actor.accountId);
    await audit.record(trx, {
      ...{ action: 'e_invoice.confirmed', managerId, ...whoOf(call), subject: { kind: 'payer', id: payerId } },
      details: { channel, before: payer.channel, request: key.id },
    });
  });
}

/**
 * Leaves the channel as it is, for a reason that the resident is told.
 * @throws not_found, e_invoice_request_state
 */
export async function refuseRequest(
  { db, clock, outbox, audit }: DecisionServices,
  call: Caller,
  key: RequestKey,
  reason: string,
): Promise<void> {
  await transaction(db, async (trx) => {
    const request = await findRequest(trx, key);
    const { managerId, payerId, channel } = request;
    await decide(trx, key, { state: 'refused', reason }, call.actor.accountId, toInstant(clock()));
    const asker = await askerFor(trx, request);
    if (asker) {
      const manager = await Manager.query(trx).findById(managerId).throwIfNotFound();
      const payer = await Payer.query(trx).findById([managerId, payerId]).throwIfNotFound();
      await outbox.add(trx, eInvoiceRefusedMail({ person: personOf(asker), manager, payer, channel, reason }));
    }
    await audit.record(trx, {
      ...{ action: 'e_invoice.refused', managerId, ...whoOf(call), subject: { kind: 'payer', id: payerId } },
      details: { channel, request: key.id },
    });
  });
}
