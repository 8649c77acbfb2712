import type { EInvoice, EInvoiceRequest as RequestView, OfficeRequest } from '../../../contract/e-invoices.ts';
import type { Channel } from '../../../contract/slips.ts';
import { toIso } from '../../db/time.ts';
import type { ChannelChange } from '../../models/channel-change.ts';
import type { EInvoiceRequest } from '../../models/e-invoice-request.ts';
import type { Payer } from '../../models/payer.ts';

export type PayerRow = Pick<Payer, 'managerId' | 'id' | 'code' | 'name' | 'channel' | 'email'> & {
  readonly managerName: string;
};

const presentRequest = (request: EInvoiceRequest): RequestView => ({
  id: request.id,
  channel: request.channel,
  email: request.email,
  iban: request.iban,
  taxNumber: request.taxNumber,
  state: request.state,
  createdAt: toIso(request.createdAt),
  decidedAt: request.decidedAt === null ? null : toIso(request.decidedAt),
  reason: request.reason,
});

export const presentEInvoice = (
  payer: PayerRow,
  request: EInvoiceRequest | undefined,
  changes: readonly ChannelChange[],
): EInvoice => ({
  payerId: payer.id,
  payerCode: payer.code,
  payerName: payer.name,
  managerId: payer.managerId,
  managerName: payer.managerName,
  channel: payer.channel,
  email: payer.email,
  request: request ? presentRequest(request) : null,
  history: changes.map(({ channel, changedAt, origin }) => ({ channel, changedAt: toIso(changedAt), origin })),
});

/** A request with whose it is. Names of accounts are null when the account is gone. */
export type OfficeRequestRow = EInvoiceRequest & {
  readonly payerCode: string;
  readonly payerName: string;
  readonly currentChannel: Channel;
  readonly askerFirst: string | null;
  readonly askerEmail: string | null;
  readonly askerConfirmedAt: string | null;
  readonly askerLast: string | null;
  readonly deciderFirst: string | null;
  readonly deciderLast: string | null;
};

const isProved = ({ email, askerEmail, askerConfirmedAt }: OfficeRequestRow): boolean | null =>
  email === null ? null : email === askerEmail && askerConfirmedAt !== null;

const nameOf = (first: string | null, last: string | null): string | null =>
  first === null || last === null ? null : `${first} ${last}`;

export const presentOfficeRequest = (row: OfficeRequestRow): OfficeRequest => ({
  ...presentRequest(row),
  payerId: row.payerId,
  payerCode: row.payerCode,
  payerName: row.payerName,
  currentChannel: row.currentChannel,
  emailProved: isProved(row),
  requestedBy: nameOf(row.askerFirst, row.askerLast),
  decidedBy: nameOf(row.deciderFirst, row.deciderLast),
});
