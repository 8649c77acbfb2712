import { z } from 'zod';

/**
 * The slip password: 60 random bits as twelve characters of an alphabet without 0, 1, I and O, then a check character,
 * printed in groups: `K7QM-3XRT-9WVDT`. The check is Damm's scheme over GF(32), which catches every single wrong
 * character and every swap of two neighbours before the server is asked.
 */
export const slipPasswordAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

const length = 13;

/** Multiplication by x in GF(32) with x^5 + x^2 + 1: the quasigroup step 2a + b has no fixed swaps. */
const twice = (value: number): number => (value & 16 ? (value << 1) ^ 37 : value << 1);

const remainder = (text: string): number =>
  [...text].reduce((state, character) => twice(state) ^ slipPasswordAlphabet.indexOf(character), 0);

/** The thirteenth character for the first twelve. */
export const slipPasswordCheck = (body: string): string => slipPasswordAlphabet.charAt(twice(remainder(body)));

/** What was typed, without hyphens and blanks and in capitals: the form that is compared. */
export const normalizeSlipPassword = (typed: string): string => typed.replace(/[\s\-–—]/gu, '').toUpperCase();

/** The form that is printed: groups of 4, 4 and 5. */
export const formatSlipPassword = (normalized: string): string =>
  [normalized.slice(0, 4), normalized.slice(4, 8), normalized.slice(8)].filter(Boolean).join('-');

/** Whether the text, in any case and with or without hyphens, can be a slip password at all. */
export function isSlipPassword(typed: string): boolean {
  const text = normalizeSlipPassword(typed);
  return (
    text.length === length &&
    [...text].every((character) => slipPasswordAlphabet.includes(character)) &&
    remainder(text) === 0
  );
}

export const slipPasswordSchema = z
  .string()
  .max(60)
  .refine(isSlipPassword, 'slip_password')
  .transform(normalizeSlipPassword);
