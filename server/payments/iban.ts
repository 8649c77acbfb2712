import { mod97 } from './mod97.ts';

/** Without spaces and in capitals: the form that is kept and put into the QR code. */
export const normalizeIban = (text: string): string => text.replace(/\s/gu, '').toUpperCase();

/**
 * Whether a normalised IBAN is right: ISO 13616 form and check digits; a Slovenian one has 19 characters and an account
 * number that is 1 modulo 97 by itself, which is why its check digits are always 56.
 */
export function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  if (iban.startsWith('SI') && !/^SI56\d{15}$/.test(iban)) return false;
  return mod97(iban.slice(4) + iban.slice(0, 4)) === 1;
}

/** As it is printed: in groups of four (Tehnični standard UPN QR v1.1, examples). */
export const formatIban = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ');
