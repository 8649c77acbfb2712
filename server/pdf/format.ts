/** Slovene ways of writing; a narrow set made for print, where no locale of a machine may have a say. */

const nbsp = '\u00a0';

/** `1234567` as `1.234.567`. */
const groupDigits = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, '.');

/** The minus sign of typesetting, as wide as a plus. */
const sign = (negative: boolean): string => (negative ? '\u2212' : '');

/** Cents as `1.234,56`. */
export function formatCents(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${sign(cents < 0)}${groupDigits(digits.slice(0, -2))},${digits.slice(-2)}`;
}

/** Cents as `1.234,56 €`; the space does not break. */
export const formatEuros = (cents: number): string => `${formatCents(cents)}${nbsp}€`;

/** A decimal text of the contract, `-1234.50`, as `−1.234,50`. No digit is added or taken away. */
export function formatDecimal(decimal: string): string {
  const [whole = '', fraction] = decimal.replace('-', '').split('.');
  return `${sign(decimal.startsWith('-'))}${groupDigits(whole)}${fraction === undefined ? '' : `,${fraction}`}`;
}

/** A unit of measure as people write it: `m2` as `m²`. */
export const formatMeasure = (measure: string): string =>
  measure.replace(/^(k?m)([23])$/, (_, unit: string, power: string) => unit + (power === '2' ? '²' : '³'));

/** `2026-07-05` as `5. 7. 2026`; the spaces do not break. */
export const formatDay = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${date}.${nbsp}${month}.${nbsp}${year}`;
};

const months = [
  ...['januar', 'februar', 'marec', 'april', 'maj', 'junij'],
  ...['julij', 'avgust', 'september', 'oktober', 'november', 'december'],
];

/** `2026-10` as `oktober 2026`. */
export const formatPeriod = (period: string): string => {
  const [year, month] = period.split('-').map(Number);
  return `${months[(month ?? 0) - 1] ?? ''}${nbsp}${year}`;
};

/** Its form is the contract's: `2026-07-05`. */
const dayInSlovenia = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Ljubljana',
  ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
});

/** The day that a moment is in Slovenia, as `5. 7. 2026`. */
export const formatMoment = (moment: Date): string => formatDay(dayInSlovenia.format(moment));
