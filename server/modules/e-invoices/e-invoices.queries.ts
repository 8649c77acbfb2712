import type { Knex } from 'knex';
import type { EInvoice } from '../../../contract/e-invoices.ts';
import { ApiError } from '../../http/api-error.ts';
import { ChannelChange } from '../../models/channel-change.ts';
import { EInvoiceRequest } from '../../models/e-invoice-request.ts';
import { Payer } from '../../models/payer.ts';
import type { PayerKey } from '../payers/payer-account.queries.ts';
import { presentEInvoice, type PayerRow } from './e-invoices.presenter.ts';

const stepsShown = 20;

const payersAt = async (db: Knex, managerId: string, payerIds: readonly string[]): Promise<PayerRow[]> =>
  Payer.query(db)
    .alias('p')
    .join('managers as m', 'm.id', 'p.manager_id')
    .where('p.manager_id', managerId)
    .whereIn('p.id', [...payerIds])
    .orderBy('p.code')
    .select('p.manager_id', 'p.id', 'p.code', 'p.name', 'p.channel', 'p.email', 'm.name as manager_name')
    .castTo<PayerRow[]>();

/** The newest rows of each payer, newest first. */
const newestOf = (db: Knex, table: string, at: string, filter: { managerId: string; payerIds: readonly string[] }) => {
  const ranked = db(table)
    .where('manager_id', filter.managerId)
    .whereIn('payer_id', [...filter.payerIds])
    .select('*', db.raw('row_number() over (partition by payer_id order by ?? desc, id desc) as place', [at]));
  return db.from(ranked.as('ranked')).orderBy('place');
};

/** How payers of one manager get e-invoices, by code. */
async function eInvoicesAt(db: Knex, managerId: string, payerIds: readonly string[]): Promise<EInvoice[]> {
  const payers = await payersAt(db, managerId, payerIds);
  const filter = { managerId, payerIds };
  const requests = (await newestOf(db, 'e_invoice_requests', 'created_at', filter).where('place', 1)) as object[];
  const steps = newestOf(db, 'channel_changes', 'changed_at', filter).where('place', '<=', stepsShown);
  const changes = ((await steps) as object[]).map((row) => ChannelChange.fromDatabaseJson(row));
  const requestOf = new Map(
    requests.map((row) => EInvoiceRequest.fromDatabaseJson(row)).map((request) => [request.payerId, request]),
  );
  const changesOf = Map.groupBy(changes, ({ payerId }) => payerId);
  return payers.map((payer) => presentEInvoice(payer, requestOf.get(payer.id), changesOf.get(payer.id) ?? []));
}

/** How each of these payers gets e-invoices, whatever managers they have. */
export async function eInvoicesOf(db: Knex, payers: readonly PayerKey[]): Promise<EInvoice[]> {
  const eInvoices: EInvoice[] = [];
  for (const [managerId, keys] of Map.groupBy(payers, (key) => key.managerId)) {
    eInvoices.push(...(await eInvoicesAt(db, managerId, keys.map(({ payerId }) => payerId)))); // prettier-ignore
  }
  return eInvoices;
}

/** @throws not_found when the manager has no such payer */
export async function eInvoiceOf(db: Knex, key: PayerKey): Promise<EInvoice> {
  const [eInvoice] = await eInvoicesOf(db, [key]);
  if (!eInvoice) throw new ApiError('not_found');
  return eInvoice;
}
