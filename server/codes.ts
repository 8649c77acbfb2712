import { createHmac, randomInt, timingSafeEqual, type KeyObject } from 'node:crypto';

/** Six digits for a person to copy from a mail: short-lived, and void after a few wrong tries. */
export const newDigits = (): string => String(randomInt(1_000_000)).padStart(6, '0');

/**
 * What is kept of a code: its HMAC under a key that is not in the database, bound to what it is for and to whom it
 * belongs. Whoever reads the database cannot try the few codes that there are.
 */
export const codeHmac = (key: KeyObject, purpose: string, owner: string, code: string): string =>
  createHmac('sha256', key).update([purpose, owner, code].join('\0')).digest('hex');

/** Compares two HMACs in a time that tells nothing. */
export const isSameHmac = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
