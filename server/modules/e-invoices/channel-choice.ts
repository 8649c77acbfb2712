import type { ChannelChoice } from '../../../contract/e-invoices.ts';
import type { Payer } from '../../models/payer.ts';

type ChannelData = Pick<Payer, 'channel' | 'email' | 'taxNumber' | 'eInvoiceIban'>;

/** What a channel needs to know, as columns of a request: null where the channel needs none of it. */
export interface ChoiceColumns {
  readonly channel: ChannelChoice['channel'];
  readonly email: string | null;
  readonly iban: string | null;
  readonly taxNumber: string | null;
}

export const toColumns = (choice: ChannelChoice): ChoiceColumns => ({
  channel: choice.channel,
  email: 'email' in choice ? choice.email : null,
  iban: 'iban' in choice ? choice.iban : null,
  taxNumber: 'taxNumber' in choice ? choice.taxNumber : null,
});

/** `SI12345678` and `12345678` are one taxable person. */
const plainTax = (taxNumber: string | null): string | null => taxNumber?.replace(/^SI/, '') ?? null;

export const isSameChoice = (one: ChoiceColumns, other: ChoiceColumns): boolean =>
  one.channel === other.channel &&
  one.email === other.email &&
  one.iban === other.iban &&
  plainTax(one.taxNumber) === plainTax(other.taxNumber);

/** Whether the payer has all of it already. What the channel does not need is not compared. */
export const hasChoice = (payer: ChannelData, choice: ChoiceColumns): boolean =>
  isSameChoice(choice, {
    channel: payer.channel,
    email: choice.email === null ? null : payer.email,
    iban: choice.iban === null ? null : payer.eInvoiceIban,
    taxNumber: choice.taxNumber === null ? null : payer.taxNumber,
  });

/** The payer's columns once it has the channel. Address and tax number are of use without a channel, too; the account is not. */
export const appliedTo = (payer: ChannelData, choice: ChoiceColumns): ChannelData => ({
  channel: choice.channel,
  email: choice.email ?? payer.email,
  taxNumber: choice.taxNumber ?? payer.taxNumber,
  eInvoiceIban: choice.iban,
});
