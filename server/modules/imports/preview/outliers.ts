/** An amount of a file beside that of the month before; null: there is nothing to compare it with. */
export interface Compared {
  readonly cents: number;
  readonly beforeCents: number | null;
  readonly isOutlier: boolean;
}

/** Smaller parts change by so much from month to month: heating, water, a repair. */
export const normalPercent = 40;
/** What is less than this for one slip, or for each slip together, is not worth anybody's time. */
export const smallCents = { ofSlip: 2_000, eachSlip: 200 } as const;

/**
 * Whether somebody should look at an amount: it is more than 40 % off the month before, and by more than 20 EUR, or
 * 2 EUR for each slip that it is divided among where there are many. Who was not there the month before, or is not
 * there any more, is 100 % off. Without a month before nothing is an outlier.
 */
export function isOutlier(cents: number, beforeCents: number | null, slips = 1): boolean {
  if (beforeCents === null) return false;
  const difference = Math.abs(cents - beforeCents);
  if (difference <= Math.max(smallCents.ofSlip, smallCents.eachSlip * slips)) return false;
  return difference * 100 > Math.abs(beforeCents) * normalPercent;
}

export const compare = (cents: number, beforeCents: number | null, slips?: number): Compared => ({
  cents,
  beforeCents,
  isOutlier: isOutlier(cents, beforeCents, slips),
});

/** The same of one slip in SQL, for two columns that are both there. */
export const isOutlierSql = (now: string, before: string): string =>
  `(abs(${now} - ${before}) > ${smallCents.ofSlip} and abs(${now} - ${before}) * 100 > abs(${before}) * ${normalPercent})`;

/** Outliers first, then the largest. */
export const byWeight = (a: Compared, b: Compared): number =>
  Number(b.isOutlier) - Number(a.isOutlier) ||
  Math.max(b.cents, b.beforeCents ?? 0) - Math.max(a.cents, a.beforeCents ?? 0);
