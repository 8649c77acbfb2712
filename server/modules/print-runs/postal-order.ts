/** Who a slip is sent to. */
export interface Addressee {
  /** Post code and town: `1000 Ljubljana`. */
  readonly town: string;
  readonly street: string;
  readonly code: string;
  readonly number: string;
}

/** `Č` comes after every `C` and before `D`. Other letters with a mark are where those without it are. */
const ownLetters: Readonly<Record<string, string>> = { č: 'c', ć: 'c', đ: 'd', š: 's', ž: 'z' };
const last = '\u007f';

const letters = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[čćđšž]/g, (letter) => `${ownLetters[letter]!}${last}`)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();

/** House numbers in the order in which one walks: 9, 9a, 10. */
const natural = (text: string): string => letters(text).replace(/\d+/g, (digits) => digits.padStart(6, '0'));

/** Post codes first; towns that have none, as abroad, after all others. */
function townKey(town: string): string {
  const code = /(?<!\d)\d{4}(?!\d)/.exec(town)?.[0];
  return `${code ?? last} ${letters(town)}`;
}

/**
 * A text by which slips sort into the order in which they are carried: post code, street, house number, payer, slip.
 * Compared as it is, unit by unit, which for a hundred thousand slips is many times faster than a collator.
 */
export const postalKey = ({ town, street, code, number }: Addressee): string =>
  [townKey(town), natural(street), code, number].join('\u0000');
