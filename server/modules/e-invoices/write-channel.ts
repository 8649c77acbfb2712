import type { Knex } from 'knex';
import { newId } from '../../db/id.ts';
import { ApiError } from '../../http/api-error.ts';
import { ChannelChange } from '../../models/channel-change.ts';
import { Payer } from '../../models/payer.ts';
import type { PayerKey } from '../payers/payer-account.queries.ts';
import { payerSearchText } from '../payers/search-text.ts';
import { appliedTo, type ChoiceColumns } from './channel-choice.ts';

/**
 * The payer, so that nobody else changes its channel until the transaction ends.
 * @throws not_found when the manager has no such payer
 */
export async function lockPayer(trx: Knex, { managerId, payerId }: PayerKey): Promise<Payer> {
  const payer = await Payer.query(trx).findById([managerId, payerId]).forUpdate();
  if (!payer) throw new ApiError('not_found');
  return payer;
}

interface Change {
  readonly now: string;
  readonly changedBy: string;
  /** The request that is fulfilled; null: the office's own doing. */
  readonly requestId: string | null;
}

/** Gives a locked payer the channel, with a step of its history. */
export async function writeChannel(trx: Knex, payer: Payer, choice: ChoiceColumns, change: Change): Promise<void> {
  const { now, changedBy, requestId } = change;
  const { managerId, id: payerId } = payer;
  const applied = appliedTo(payer, choice);
  const search = payerSearchText({ ...payer, ...applied });
  await trx('payers').where({ manager_id: managerId, id: payerId }).update({
    channel: applied.channel,
    email: applied.email,
    tax_number: applied.taxNumber,
    e_invoice_iban: applied.eInvoiceIban,
    search,
    updated_at: now,
  });
  const origin = requestId === null ? 'office' : 'request';
  await ChannelChange.query(trx).insert({
    ...{ managerId, id: newId(), payerId, channel: choice.channel, origin, requestId, changedBy, changedAt: now },
  });
}
