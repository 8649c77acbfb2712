import type { RouteLocationRaw } from 'vue-router';

/** The colours of a picture, `--chart-1` to `--chart-6` of the theme. */
export type ChartTone = 1 | 2 | 3 | 4 | 5 | 6;

/** One line of a picture over time. */
export interface Series {
  readonly key: string;
  readonly label: string;
  readonly tone: ChartTone;
  /** One for each label of the axis; fewer where the line ends earlier. */
  readonly values: readonly number[];
  /** Filled down to the axis. */
  readonly isArea?: boolean;
}

/** A part of a whole, or a bar of its own. */
export interface Part {
  readonly key: string;
  readonly label: string;
  readonly tone: ChartTone;
  readonly value: number;
  /** Where more about this part is. */
  readonly to?: RouteLocationRaw;
}

/** The same as a picture says, in words: the first cell of a row names it. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
