import type { Import } from '../../../contract/imports.ts';

type WithRuns = Pick<Import, 'runs'>;

export const slipsOf = ({ runs }: WithRuns): number => runs.reduce((sum, run) => sum + run.slips, 0);

export const totalOf = ({ runs }: WithRuns): number => runs.reduce((sum, run) => sum + run.totalCents, 0);

/** The periods in words: the one, or the first and the last; a line breaks between them and not within. */
export function periodsOf({ runs }: WithRuns, inWords: (period: string) => string): string {
  const periods = runs.map((run) => run.period).sort();
  const unbroken = (period: string) => inWords(period).replaceAll(' ', '\u00a0');
  const [first, last] = [periods[0], periods.at(-1)];
  if (first === undefined || last === undefined) return '';
  return first === last ? unbroken(first) : `${unbroken(first)}\u00a0– ${unbroken(last)}`;
}
