import { payerCodeSchema } from '../../../../contract/schemas/payer-code.ts';
import { emailSchema } from '../../../../contract/schemas/text.ts';
import { channelSchema } from '../../../../contract/slips.ts';
import type { Channel, UnitKind } from '../../../../contract/slips.ts';
import { isIban, normalizeIban } from '../../../payments/iban.ts';
import { isPurposeCode } from '../../../payments/purpose-code.ts';
import { isReference, normalizeReference } from '../../../payments/reference.ts';
import { channelWords } from './channel-words.ts';
import { broken, type Broken, type Rule } from './faults.ts';
import { parseAmount, parseDecimal, parsePositiveDecimal } from './parse-amount.ts';
import { parseDate, parsePeriod } from './parse-date.ts';
import { parsePaymentText, parseText } from './parse-text.ts';

/** A row of the file with each cell in its normal form; null where the cell was empty or the column is not there. */
export interface BillingRow {
  payerCode: string;
  payerName: string;
  street: string | null;
  postCode: string | null;
  town: string | null;
  taxNumber: string | null;
  email: string | null;
  channel: Channel | null;
  building: string;
  unit: string;
  unitKind: UnitKind | null;
  areaM2: string | null;
  persons: string | null;
  number: string;
  period: string;
  issueDate: string;
  dueDate: string;
  description: string;
  supplier: string | null;
  buildingTotalCents: number | null;
  allocationKey: string | null;
  quantity: string | null;
  measure: string | null;
  price: string | null;
  baseCents: number | null;
  vatRate: string | null;
  vatCents: number | null;
  amountCents: number;
  iban: string | null;
  reference: string | null;
  purposeCode: string | null;
  purpose: string | null;
  note: string | null;
  fundOpeningCents: number | null;
  fundPaidInCents: number | null;
  fundSpentCents: number | null;
  fundBalanceCents: number | null;
  /** An item when empty; an open item is no part of the slip's total. */
  rowKind: RowKind | null;
  openDueDate: string | null;
}

export type RowKind = 'item' | 'open';

type Parse = (text: string) => string | number | Broken;

export interface Column {
  readonly name: string;
  readonly field: keyof BillingRow;
  /** Gets the trimmed text of a cell that is not empty. */
  readonly parse: Parse;
  /** The column must be there and no cell of it may be empty. */
  readonly required: boolean;
}

const required = (name: string, field: keyof BillingRow, parse: Parse): Column => ({
  name,
  field,
  parse,
  required: true,
});
const optional = (name: string, field: keyof BillingRow, parse: Parse): Column => ({
  name,
  field,
  parse,
  required: false,
});

const oneOf = (rule: Rule, values: Readonly<Record<string, string>>): Parse => {
  // A map knows nothing but these words; an object also has a `constructor`.
  const known = new Map(Object.entries(values));
  return (text) => known.get(text.toLowerCase()) ?? broken(rule);
};

const checked =
  (rule: Rule, isGood: (text: string) => boolean, normalize: (text: string) => string = (text) => text): Parse =>
  (text) => {
    const value = normalize(text);
    return isGood(value) ? value : broken(rule);
  };

const packed = (text: string): string => text.replace(/\s+/gu, '').toUpperCase();
const isPostCode = (text: string): boolean => /^[0-9A-Z -]{1,10}$/.test(text);
const isTaxNumber = (text: string): boolean => /^[0-9A-Z]{4,15}$/.test(text);

const parsePayerCode: Parse = (text) => {
  const result = payerCodeSchema.safeParse(text);
  return result.success ? result.data : broken('payer_code');
};

const parseEmail: Parse = (text) => {
  const result = emailSchema.safeParse(text);
  return result.success ? result.data : broken('email');
};

const channels = Object.fromEntries(channelSchema.options.map((channel) => [channelWords[channel], channel]));

const unitKinds = {
  stanovanje: 'apartment',
  'poslovni prostor': 'business',
  garaza: 'garage',
  garaža: 'garage',
  drugo: 'other',
} satisfies Record<string, UnitKind>;

const rowKinds = { postavka: 'item', odprto: 'open' } satisfies Record<string, RowKind>;

/** The billing file, version 1: docs/billing-file.md is this table in words. */
export const columns: readonly Column[] = [
  required('sifra_placnika', 'payerCode', parsePayerCode),
  required('placnik', 'payerName', parsePaymentText(200)),
  optional('naslov', 'street', parsePaymentText(200)),
  optional(
    'posta',
    'postCode',
    checked('post_code', isPostCode, (text) => text.toUpperCase()),
  ),
  optional('kraj', 'town', parsePaymentText(100)),
  optional('davcna_stevilka', 'taxNumber', checked('tax_number', isTaxNumber, packed)),
  optional('e_posta', 'email', parseEmail),
  optional('e_racun', 'channel', oneOf('channel', channels)),
  required('stavba', 'building', parseText(200)),
  required('enota', 'unit', parseText(100)),
  optional('vrsta_enote', 'unitKind', oneOf('unit_kind', unitKinds)),
  optional('povrsina_m2', 'areaM2', parsePositiveDecimal),
  optional('osebe', 'persons', parsePositiveDecimal),
  required('racun', 'number', parseText(50)),
  required('obdobje', 'period', parsePeriod),
  required('datum_izdaje', 'issueDate', parseDate),
  required('rok_placila', 'dueDate', parseDate),
  required('postavka', 'description', parseText(200)),
  optional('dobavitelj', 'supplier', parseText(200)),
  optional('znesek_stavbe', 'buildingTotalCents', parseAmount),
  optional('kljuc', 'allocationKey', parseText(100)),
  optional('kolicina', 'quantity', parseDecimal),
  optional('merska_enota', 'measure', parseText(20)),
  optional('cena', 'price', parseDecimal),
  optional('osnova', 'baseCents', parseAmount),
  optional('ddv_stopnja', 'vatRate', parsePositiveDecimal),
  optional('ddv', 'vatCents', parseAmount),
  required('znesek', 'amountCents', parseAmount),
  optional('nalog_iban', 'iban', checked('iban', isIban, normalizeIban)),
  optional('nalog_sklic', 'reference', checked('reference', isReference, normalizeReference)),
  optional('koda_namena', 'purposeCode', checked('purpose_code', isPurposeCode)),
  optional('namen', 'purpose', parsePaymentText(42)),
  optional('obvestilo', 'note', parseText(500)),
  optional('sklad_zacetek', 'fundOpeningCents', parseAmount),
  optional('sklad_vplacila', 'fundPaidInCents', parseAmount),
  optional('sklad_poraba', 'fundSpentCents', parseAmount),
  optional('sklad_stanje', 'fundBalanceCents', parseAmount),
  optional('vrsta_vrstice', 'rowKind', oneOf('row_kind', rowKinds)),
  optional('zapadlo', 'openDueDate', parseDate),
];

/** The name of the column that a field came from, for faults found later. */
export const columnOf: Readonly<Record<string, string>> = Object.fromEntries(
  columns.map(({ field, name }) => [field, name]),
);
