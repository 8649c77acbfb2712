import { upnAmount } from './amount.ts';
import { isIban, normalizeIban } from './iban.ts';
import { isLatin2, latin2Bytes, toLatin2 } from './latin2.ts';
import { isPurposeCode } from './purpose-code.ts';
import { normalizeReference, referenceFault } from './reference.ts';
import { isCalendarDate, upnDate } from './upn-date.ts';

/**
 * The payload of the UPN QR code: twenty fields, each closed by a line feed, in ISO 8859-2
 * (Tehnični standard UPN QR v1.1, table 5.2; ZBS guide for programmers, May 2017, section 5).
 */
export const upnFieldNames = [
  'header',
  'payerIban',
  'deposit',
  'withdrawal',
  'payerReference',
  'payerName',
  'payerStreet',
  'payerTown',
  'amount',
  'paymentDate',
  'urgent',
  'purposeCode',
  'purpose',
  'dueDate',
  'iban',
  'reference',
  'name',
  'street',
  'town',
  'controlSum',
] as const;

export type UpnFieldName = (typeof upnFieldNames)[number];
export type UpnFields = Readonly<Record<UpnFieldName, string>>;

/** The most characters of each field; together with the line feeds they make exactly upnMaxLength. */
export const upnFieldLimits: Readonly<Record<UpnFieldName, number>> = {
  header: 5,
  payerIban: 19,
  deposit: 1,
  withdrawal: 1,
  payerReference: 26,
  payerName: 33,
  payerStreet: 33,
  payerTown: 33,
  amount: 11,
  paymentDate: 10,
  urgent: 1,
  purposeCode: 4,
  purpose: 42,
  dueDate: 10,
  iban: 34,
  reference: 26,
  name: 33,
  street: 33,
  town: 33,
  controlSum: 3,
};

/** The byte capacity of version 15-M with an ECI header. */
export const upnMaxLength = 411;

export interface UpnFault {
  readonly field: UpnFieldName | null;
  readonly rule:
    | 'field_count'
    | 'required'
    | 'header'
    | 'too_long'
    | 'surrounding_space'
    | 'not_latin2'
    | 'amount'
    | 'date'
    | 'flag'
    | 'iban'
    | 'reference'
    | 'purpose_code'
    | 'control_sum'
    | 'reserve';
}

const body = (fields: UpnFields): string =>
  upnFieldNames
    .slice(0, -1)
    .map((name) => `${fields[name]}\n`)
    .join('');

/** The lengths of fields 1 to 19 and their line feeds, in characters of Latin 2, three digits (field 20). */
export const upnControlSum = (fields: UpnFields): string => String(body(fields).length).padStart(3, '0');

/** Joins the fields as they are; upnFaults tells whether they are right. */
export const writeUpn = (fields: UpnFields): string => `${body(fields)}${fields.controlSum}\n`;

type FieldRule = readonly [rule: UpnFault['rule'], holds: (value: string) => boolean];

const orEmpty = (holds: (value: string) => boolean) => (value: string) => value === '' || holds(value);
const flag: FieldRule = ['flag', orEmpty((value) => value === 'X')];
const date: FieldRule = ['date', orEmpty(isCalendarDate)];
const reference: FieldRule = ['reference', orEmpty((value) => referenceFault(value) === undefined)];

const fieldRules: Readonly<Partial<Record<UpnFieldName, FieldRule>>> = {
  header: ['header', (value) => value === 'UPNQR'],
  payerIban: ['iban', orEmpty((value) => isIban(value) && value.startsWith('SI'))],
  deposit: flag,
  withdrawal: flag,
  payerReference: reference,
  amount: ['amount', (value) => /^\d{11}$/.test(value)],
  paymentDate: date,
  urgent: flag,
  purposeCode: ['purpose_code', isPurposeCode],
  dueDate: date,
  iban: ['iban', isIban],
  reference,
};

/** Every rule that the fields break, in the order of the fields. */
export function upnFaults(fields: UpnFields): UpnFault[] {
  const faults = upnFieldNames.flatMap((field) => fieldFaults(field, fields[field]));
  if (fields.controlSum !== upnControlSum(fields)) faults.push({ field: 'controlSum', rule: 'control_sum' });
  return faults;
}

function fieldFaults(field: UpnFieldName, value: string): UpnFault[] {
  const rules: FieldRule[] = [
    ['too_long', (text) => text.length <= upnFieldLimits[field]],
    ['surrounding_space', (text) => text === text.trim()],
    ['not_latin2', isLatin2],
  ];
  const own = fieldRules[field];
  if (own) rules.push(own);
  return rules.filter(([, holds]) => !holds(value)).map(([rule]) => ({ field, rule }));
}

export type UpnParsed =
  { readonly ok: true; readonly fields: UpnFields } | { readonly ok: false; readonly faults: readonly UpnFault[] };

const toFields = (lines: readonly string[]): UpnFields =>
  Object.fromEntries(upnFieldNames.map((name, index) => [name, lines[index] ?? ''])) as UpnFields;

/** Reads a payload and holds it to the standard: what our writer makes passes, what others get wrong does not. */
export function parseUpnStrictly(payload: string): UpnParsed {
  const lines = payload.split('\n');
  if (lines.length !== upnFieldNames.length + 1) return { ok: false, faults: [{ field: null, rule: 'field_count' }] };
  const fields = toFields(lines);
  const faults = upnFaults(fields);
  if (!/^ *$/.test(lines.at(-1) ?? '') || payload.length > upnMaxLength) faults.push({ field: null, rule: 'reserve' });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, fields };
}

/**
 * Windows-1250 has letters (Š š Ž ž) and quotes where ISO 8859-2 has control characters, and the same Slovene letters
 * elsewhere: such a control character is what a program of Windows wrote under the wrong name.
 */
const windows = new TextDecoder('windows-1250');
const withoutControls = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (control) =>
    windows.decode(Uint8Array.of(control.charCodeAt(0))).replace(/\p{Cc}/u, ''),
  );

/** `1. 4. 2026` as `01.04.2026`. */
const readDate = (text: string): string => text.replace(/\s/g, '').replace(/\b\d(?=\.)/g, '0$&');

/**
 * Reads what is seen on real bills: CRLF, blanks around fields and in dates, control characters, names that are too
 * long, no or nothing to pay, things after field 20, a wrong sum. Only the header and an account must be right.
 */
export function parseUpnLeniently(payload: string): UpnParsed {
  const lines = withoutControls(payload)
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trim());
  const read = toFields(lines);
  const fields: UpnFields = {
    ...read,
    payerIban: normalizeIban(read.payerIban),
    payerReference: normalizeReference(read.payerReference),
    amount: read.amount.padStart(11, '0'),
    paymentDate: readDate(read.paymentDate),
    dueDate: readDate(read.dueDate),
    iban: normalizeIban(read.iban),
    reference: normalizeReference(read.reference),
  };
  const needed: UpnFieldName[] = ['header', 'amount', 'iban'];
  const faults = needed.flatMap((field) => fieldFaults(field, fields[field]));
  return faults.length > 0 ? { ok: false, faults } : { ok: true, fields };
}

/** What a registered issuer's bill says; lengths and characters are made to fit, the rest must be right. */
export interface UpnOrder {
  readonly payerName: string;
  readonly payerStreet: string;
  readonly payerTown: string;
  /** Cents, positive, at most 999.999.999,99 EUR. */
  readonly amountCents: number;
  readonly purposeCode: string;
  readonly purpose: string;
  /** `2026-10-31`. */
  readonly dueDate: string;
  /** Without spaces. */
  readonly iban: string;
  /** Without spaces, hyphens kept. */
  readonly reference: string;
  readonly recipientName: string;
  readonly recipientStreet: string;
  readonly recipientTown: string;
}

/**
 * Mapped to Latin 2 and cut to the field: at the end of a word where one ends in the last third, else hard.
 * @throws RangeError when a character has no counterpart; the import refuses such texts with their row.
 */
export function fitUpnText(text: string, limit: number): string {
  const mapped = toLatin2(text);
  if (!mapped.ok) throw new RangeError(`not in ISO 8859-2: ${mapped.unmapped.join(' ')}`);
  if (mapped.text.length <= limit) return mapped.text;
  const cut = mapped.text.slice(0, limit + 1);
  const wordEnd = cut.lastIndexOf(' ');
  return (wordEnd >= (limit * 2) / 3 ? cut.slice(0, wordEnd) : cut.slice(0, limit)).trim();
}

/** What has no counterpart stays as it is, for upnFaults to name it. */
const fitted = (text: string, limit: number): string => (toLatin2(text).ok ? fitUpnText(text, limit) : text);

/**
 * The fields of a registered issuer's bill: payer's IBAN and reference, deposit, withdrawal, payment date and urgency
 * stay empty (ZBS guide, section 5.1).
 */
function upnFieldsOf(order: UpnOrder): UpnFields {
  const fields = {
    ...toFields([]),
    header: 'UPNQR',
    payerName: fitted(order.payerName, upnFieldLimits.payerName),
    payerStreet: fitted(order.payerStreet, upnFieldLimits.payerStreet),
    payerTown: fitted(order.payerTown, upnFieldLimits.payerTown),
    amount: upnAmount(order.amountCents),
    purposeCode: order.purposeCode,
    purpose: fitted(order.purpose, upnFieldLimits.purpose),
    dueDate: upnDate(order.dueDate),
    iban: order.iban,
    reference: order.reference,
    name: fitted(order.recipientName, upnFieldLimits.name),
    street: fitted(order.recipientStreet, upnFieldLimits.street),
    town: fitted(order.recipientTown, upnFieldLimits.town),
  };
  return { ...fields, controlSum: upnControlSum(fields) };
}

/** A bill asks for money and says what for: amount, reference and recipient may be empty elsewhere, not here. */
function billFaults(order: UpnOrder): UpnFault[] {
  const needed = { reference: order.reference, name: order.recipientName, payerName: order.payerName };
  const missing = (Object.keys(needed) as (keyof typeof needed)[]).filter((field) => needed[field].trim() === '');
  const faults: UpnFault[] = missing.map((field) => ({ field, rule: 'required' }));
  return order.amountCents > 0 ? faults : [...faults, { field: 'amount', rule: 'required' }];
}

export type UpnWritten =
  { readonly ok: true; readonly payload: string } | { readonly ok: false; readonly faults: readonly UpnFault[] };

/** The payload of a bill, or every rule that the order breaks: such an order has no QR code. */
export function upnPayload(order: UpnOrder): UpnWritten {
  const fields = upnFieldsOf(order);
  const faults = [...billFaults(order), ...upnFaults(fields)];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, payload: writeUpn(fields) };
}

/** The payload as bytes of the QR code. */
export const upnBytes = (payload: string): Uint8Array => latin2Bytes(payload);
