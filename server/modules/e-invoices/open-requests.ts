import type { Knex } from 'knex';
import { EInvoiceRequest } from '../../models/e-invoice-request.ts';
import type { PayerKey } from '../payers/payer-account.queries.ts';

export const findOpenRequest = (trx: Knex, { managerId, payerId }: PayerKey) =>
  EInvoiceRequest.query(trx).findOne({ manager_id: managerId, payer_id: payerId, is_open: 1 });

/**
 * Takes the payer's open request back, also when the payer leaves its account: who holds it next asks anew.
 * @returns whether there was one
 */
export async function withdrawOpenRequest(trx: Knex, { managerId, payerId }: PayerKey, now: string): Promise<boolean> {
  const withdrawn = await EInvoiceRequest.query(trx)
    .where({ manager_id: managerId, payer_id: payerId, is_open: 1 })
    .patch({ state: 'withdrawn', isOpen: null, decidedAt: now });
  return withdrawn > 0;
}
