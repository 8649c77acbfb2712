import type { PrintRun } from '../../../contract/print-runs.ts';
import type { Run } from '../../../contract/runs.ts';

type Tone = 'due' | 'paid' | 'late' | 'quiet' | 'accent';

export const runTones = { draft: 'due', published: 'paid' } as const satisfies Record<Run['state'], Tone>;

export const printTones = {
  running: 'accent',
  done: 'paid',
  cancelled: 'quiet',
  failed: 'late',
} as const satisfies Record<PrintRun['state'], Tone>;
