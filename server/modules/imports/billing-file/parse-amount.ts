import { maxAmountCents } from '../../../payments/amount.ts';
import { broken, type Broken } from './faults.ts';

const plain = /^-?\d{1,12}$/;
const withDecimals = /^(-?\d{1,12})[.,](\d+)$/;
const grouped = /^(-?\d{1,3}(?:([.,])\d{3})+)([.,])(\d+)$/;

interface Parts {
  readonly whole: string;
  readonly decimals: string;
}

/**
 * Splits a number. A single sign, dot or comma, is the decimal sign. Thousands may be grouped only when the other sign
 * follows as the decimal sign (`1.234,56`, `1,234.56`): a group alone would be read differently by different people.
 */
function split(text: string): Parts | undefined {
  if (plain.test(text)) return { whole: text, decimals: '' };
  const simple = withDecimals.exec(text);
  if (simple) return { whole: simple[1]!, decimals: simple[2]! };
  const groups = grouped.exec(text);
  if (!groups || groups[2] === groups[3] || groups[1]!.includes(groups[3]!)) return undefined;
  return { whole: groups[1]!.replaceAll(groups[2]!, ''), decimals: groups[4]! };
}

/** Word processors write longer signs than keyboards. */
const minus = (text: string): string =>
  text.startsWith('\u2212') || text.startsWith('\u2013') ? `-${text.slice(1)}` : text;

/** How nearly all amounts are written. */
const euroAmount = /^-?\d{1,10},\d\d$/;

/** An amount of money in cents. `12,345` and `1.234` are refused as ambiguous: thousands or three decimals? */
export function parseAmount(text: string): number | Broken {
  if (euroAmount.test(text)) return inRange(Number(text.replace(',', '')));
  const parts = split(minus(text));
  if (!parts) return broken('amount');
  if (parts.decimals.length > 2) {
    return broken(parts.decimals.length === 3 && !/[.,].*[.,]/.test(text) ? 'amount_ambiguous' : 'amount_decimals');
  }
  return inRange(Number(parts.whole + parts.decimals.padEnd(2, '0')));
}

function inRange(cents: number): number | Broken {
  if (Math.abs(cents) > maxAmountCents) return broken('amount_range');
  return cents === 0 ? 0 : cents; // -0 is 0.
}

/** Cents as the file writes them: `1234,56`. */
export const euros = (cents: number): string => (cents / 100).toFixed(2).replace('.', ',');

/** How nearly all others are: nothing but the sign of the decimals is to be changed. */
const decimalComma = /^(?:0|[1-9]\d{0,11})(?:,\d{1,6})?$/;

/** A quantity, price, area or rate as decimal text with a dot, at most six decimals; it is shown, never computed with. */
export function parseDecimal(text: string): string | Broken {
  if (decimalComma.test(text)) return text.replace(',', '.');
  const parts = split(minus(text));
  if (!parts || parts.decimals.length > 6) return broken('decimal');
  const whole = parts.whole.replace(/^(-?)0+(?=\d)/, '$1');
  const value = parts.decimals ? `${whole}.${parts.decimals}` : whole;
  return /^-[0.]+$/.test(value) ? value.slice(1) : value;
}

export function parsePositiveDecimal(text: string): string | Broken {
  const value = parseDecimal(text);
  return typeof value === 'string' && value.startsWith('-') ? broken('negative') : value;
}
