import type { ImportState } from '../../../contract/imports.ts';

/** A check can be stopped and a draft thrown away; what residents have seen stays. */
export const mayDiscard = (state: ImportState): boolean => state === 'checking' || state === 'draft';

/** Published once, and only what has been checked and not been taken over by a later file. */
export const mayPublish = (state: ImportState): boolean => state === 'draft';
