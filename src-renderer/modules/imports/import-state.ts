import type { ImportState } from '../../../contract/imports.ts';

type Tone = 'due' | 'paid' | 'late' | 'quiet' | 'accent';

/** The colour of a state: orange waits for the office, green is with the residents, red needs another file. */
export const importTones = {
  checking: 'accent',
  refused: 'late',
  unchanged: 'quiet',
  checked: 'due',
  writing: 'accent',
  draft: 'due',
  published: 'paid',
  withdrawn: 'due',
  discarded: 'quiet',
  replaced: 'quiet',
  failed: 'late',
} as const satisfies Record<ImportState, Tone>;

/** Something goes on at the portal by itself. */
export const isBusy = (state: ImportState): boolean => state === 'checking' || state === 'writing';
