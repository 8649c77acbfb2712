export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Part extends Counts {
  readonly name: string;
  /** What failed, and by what: a line each. */
  readonly failures: readonly string[];
  /** What was good only when it was tried once more. */
  readonly secondTries: readonly string[];
}

/** `12 passed, 0 failed`. */
export function countLine(counts: Pick<Counts, 'passed' | 'failed'>): string;

/** A part that counts as one failed test, because it did not get as far as its tests. */
export function failedPart(name: string): Part;

/** What became of one file of tests. */
export interface FileCounts extends Counts {
  readonly project: string;
  readonly file: string;
  readonly failures: readonly string[];
  /** What had failed before the file was run once more. */
  readonly secondTries?: readonly string[];
}

/** One part for each project; one that did not run counts as a failure. */
export function partsOf(counts: readonly FileCounts[], projects: readonly string[]): Part[];

/** The counts of the files that were run once more take the place of the first ones. */
export function withSecondTries(first: readonly FileCounts[], second: readonly FileCounts[]): FileCounts[];

/** The sum of all parts. */
export function sum(parts: readonly Counts[]): Counts;

/** The names of what needed a second try, then of what failed, a line each. */
export function notable(parts: readonly Part[]): string[];
