import { createHmac, randomBytes, type KeyObject } from 'node:crypto';
import { slipPasswordAlphabet, slipPasswordCheck } from '../contract/schemas/slip-password.ts';

const bodyLength = 12;

/** New slip passwords in their normalized form: 60 random bits and the check character each. */
export function generateSlipPasswords(count: number): string[] {
  // A byte for each character, of which five bits count: the alphabet has 32.
  const bytes = randomBytes(count * bodyLength);
  return Array.from({ length: count }, (_, index) => {
    let body = '';
    for (let at = index * bodyLength; body.length < bodyLength; at += 1) body += slipPasswordAlphabet[bytes[at]! & 31]!;
    return body + slipPasswordCheck(body);
  });
}

/** One new slip password. */
export const generateSlipPassword = (): string => generateSlipPasswords(1)[0]!;

/**
 * What the database keeps of a slip password: its HMAC under a key that is not in the database, 64 hexadecimal digits.
 * The payer goes in, so that the same password of two payers does not look the same.
 */
export const slipPasswordHmac = (
  key: KeyObject,
  payer: { readonly managerId: string; readonly payerId: string },
  normalized: string,
): string => createHmac('sha256', key).update(`${payer.managerId}\0${payer.payerId}\0${normalized}`).digest('hex');
