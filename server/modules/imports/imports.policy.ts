import type { ImportState } from '../../../contract/imports.ts';

/** A check can be stopped, what was checked or drafted thrown away; what residents see stays. */
export const mayDiscard = (state: ImportState): boolean =>
  ['checking', 'checked', 'draft', 'withdrawn'].includes(state);

/** What residents can see. */
export const mayWithdraw = (state: ImportState): boolean => state === 'published';

/** Only what has been written and not been taken over by a later file; again after a withdrawal. */
export const mayPublish = (state: ImportState): boolean => state === 'draft' || state === 'withdrawn';
