import { mod97 } from './mod97.ts';

/**
 * Whether the text is an RF creditor reference: ISO 11649, 25 characters at most, check digits as they are computed.
 * A remainder of 1 alone would let in 00, 01 and 99 for 97, 98 and 02.
 */
export const isRfReference = (reference: string): boolean => makeRfReference(reference.slice(4)) === reference;

/** The reference of this content, its check digits computed; undefined where the content cannot be one. */
export function makeRfReference(content: string): string | undefined {
  if (!/^[A-Z0-9]{1,21}$/.test(content)) return undefined;
  const check = 98 - mod97(`${content}RF00`);
  return `RF${String(check).padStart(2, '0')}${content}`;
}
