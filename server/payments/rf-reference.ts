import { mod97 } from './mod97.ts';

/** Whether the text is an RF creditor reference: ISO 11649, 25 characters at most, check digits right. */
export const isRfReference = (reference: string): boolean =>
  /^RF\d{2}[A-Z0-9]{1,21}$/.test(reference) && mod97(reference.slice(4) + reference.slice(0, 4)) === 1;

/** The reference of this content, its check digits computed; undefined where the content cannot be one. */
export function makeRfReference(content: string): string | undefined {
  if (!/^[A-Z0-9]{1,21}$/.test(content)) return undefined;
  const check = 98 - mod97(`${content}RF00`);
  return `RF${String(check).padStart(2, '0')}${content}`;
}
