import { TextDecoder } from 'node:util';
import { columns, type Column } from './columns.ts';
import { Broken } from './faults.ts';
import { euros } from './parse-amount.ts';

type Propose = (text: string) => string | null;

const twoDigits = (text: string): string => text.padStart(2, '0');
/** Two digits of a year are of this century: the file knows no other. */
const fullYear = (text: string): string => (text.length === 2 ? `20${text}` : text);

const date: Propose = (text) => {
  const compact = text.replace(/\s+/gu, '').replace(/\.$/, '');
  const ours = /^(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})$/.exec(compact);
  if (ours) return `${twoDigits(ours[1]!)}.${twoDigits(ours[2]!)}.${fullYear(ours[3]!)}`;
  const yearFirst = /^(\d{4})[./-]?(\d{1,2})[./-]?(\d{1,2})$/.exec(compact);
  return yearFirst ? `${twoDigits(yearFirst[3]!)}.${twoDigits(yearFirst[2]!)}.${yearFirst[1]!}` : null;
};

const period: Propose = (text) => {
  const compact = text.replace(/\s+/gu, '').replace(/\.$/, '');
  const monthFirst = /^(\d{1,2})[./-](\d{2}|\d{4})$/.exec(compact);
  if (monthFirst) return `${fullYear(monthFirst[2]!)}-${twoDigits(monthFirst[1]!)}`;
  const yearFirst = /^(\d{4})[./-]?(\d{1,2})$/.exec(compact);
  return yearFirst ? `${yearFirst[1]!}-${twoDigits(yearFirst[2]!)}` : null;
};

/** Without the currency, and without what some programs group thousands with. */
const number: Propose = (text) => text.replace(/eur|€|[\s'’]/giu, '').replace(/,-+$/, '');

const rounded: Propose = (text) => {
  const plain = /^(-?\d{1,9})[.,](\d{3,})$/.exec(number(text) ?? '');
  return plain ? euros(Math.round(Number(`${plain[1]!}.${plain[2]!}`) * 100)) : null;
};

const alphanumeric: Propose = (text) => text.replace(/[^0-9a-z]/giu, '').toUpperCase();

/** How many letters have to be put in, left out or replaced to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^a-z]/giu, '')
    .toLowerCase();

/** The word that is meant: by another name of it, or the one that hardly differs. */
const word =
  (words: Readonly<Record<string, readonly string[]>>): Propose =>
  (text) => {
    const given = folded(text);
    if (given === '') return null;
    for (const [meant, others] of Object.entries(words)) if (others.includes(given)) return meant;
    const near = Object.keys(words).filter((meant) => distance(given, folded(meant)) <= (meant.length > 5 ? 2 : 1));
    return near.length === 1 ? near[0]! : null;
  };

const channel = word({
  brez: ['ne', 'nic', 'papir', 'posta', 'none'],
  email: ['mail', 'eposta', 'elposta', 'elektronskaposta', 'epost'],
  banka: ['bank', 'spletnabanka', 'ebanka'],
  bizbox: [],
  imdocs: [],
});
const unitKind = word({
  stanovanje: ['stan', 'st', 'bivalnaenota'],
  'poslovni prostor': ['pp', 'poslovni', 'lokal', 'poslprostor'],
  garaza: ['garazno', 'garaznomesto', 'gar'],
  drugo: ['ostalo'],
});
const rowKind = word({ postavka: [], odprto: ['odprta', 'odprtapostavka', 'dolg'] });

/** What a character of Windows-1250 was as a byte. */
const bytes1250 = new Map(
  Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1250').decode(Uint8Array.of(byte)), byte]),
);

/** Undoes that UTF-8 was read as Windows-1250. */
const decodedOnce: Propose = (text) => {
  const bytes = [...text].map((character) => bytes1250.get(character));
  if (!bytes.every((byte) => byte !== undefined)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
};

const visible: Propose = (text) =>
  text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();

const proposals: Readonly<Record<string, Propose>> = {
  ...{ date, no_such_day: date, period, amount: number, amount_decimals: rounded, decimal: number },
  ...{ iban: alphanumeric, tax_number: alphanumeric, channel, unit_kind: unitKind, row_kind: rowKind },
  payer_code: (text) => text.replace(/\s+/gu, '').replaceAll('_', '-').toUpperCase(),
  post_code: (text) => text.replace(/^SI[- ]?/iu, '').replace(/[^0-9A-Z -]/giu, ''),
  email: (text) => text.replace(/\s+|^mailto:|[;,.]+$/giu, '').replaceAll(',', '.'),
  reference: (text) => text.replace(/\s+/gu, '').replaceAll('/', '-').toUpperCase(),
  purpose_code: (text) => text.trim().toUpperCase(),
  mixed_encoding: decodedOnce,
  invisible_characters: visible,
};

const columnNamed: ReadonlyMap<string, Column> = new Map(columns.map((column) => [column.name, column]));

interface FaultyCell {
  readonly rule: string;
  readonly column: string | null;
  readonly value: string | null;
}

/**
 * What a faulty cell most likely should say, where that is clear: in the form in which the file may say it. Amounts
 * that two people would read differently get none, and nothing is suggested that the rules would refuse again.
 */
export function suggest({ rule, column, value }: FaultyCell): string | null {
  const meant = columnNamed.get(column ?? '');
  const proposed = value === null || value === '' ? null : (proposals[rule]?.(value.trim()) ?? null);
  if (!meant || proposed === null || proposed === '' || proposed === value) return null;
  return meant.parse(proposed) instanceof Broken ? null : proposed;
}
