import { createHmac, randomInt, type KeyObject } from 'node:crypto';
import { slipPasswordAlphabet, slipPasswordCheck } from '../contract/schemas/slip-password.ts';

/** A new slip password in its normalized form: 60 random bits and the check character. */
export function generateSlipPassword(): string {
  const body = Array.from({ length: 12 }, () => slipPasswordAlphabet.charAt(randomInt(32))).join('');
  return body + slipPasswordCheck(body);
}

/**
 * What the database keeps of a slip password: its HMAC under a key that is not in the database, 64 hexadecimal digits.
 * The payer goes in, so that the same password of two payers does not look the same.
 */
export const slipPasswordHmac = (
  key: KeyObject,
  payer: { readonly managerId: string; readonly payerId: string },
  normalized: string,
): string => createHmac('sha256', key).update(`${payer.managerId}\0${payer.payerId}\0${normalized}`).digest('hex');
