import { isRfReference } from './rf-reference.ts';
import { siReferenceFault, type ReferenceFault } from './si-reference.ts';

export type { ReferenceFault } from './si-reference.ts';

/** Without spaces and in capitals, hyphens kept: the form that is kept and put into the QR code. */
export const normalizeReference = (text: string): string => text.replace(/\s/gu, '').toUpperCase();

/** What is wrong with a normalised SI or RF reference; undefined when it is right. */
export function referenceFault(reference: string): ReferenceFault | undefined {
  if (!reference.startsWith('RF')) return siReferenceFault(reference);
  return isRfReference(reference) ? undefined : 'reference_check_digit';
}

/** As it is printed: `SI12 1042172026105`; an RF reference in groups of four. */
export const formatReference = (reference: string): string =>
  reference.startsWith('RF')
    ? reference.replace(/(.{4})(?=.)/g, '$1 ')
    : `${reference.slice(0, 4)} ${reference.slice(4)}`.trim();

export const isReference = (reference: string): boolean => referenceFault(reference) === undefined;
