/** A column of AppTable. What it shows is `text`, or the table's slot `#cell-<key>`. */
export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  /** The label is for the ear alone: buttons need no heading. */
  readonly isLabelHidden?: boolean;
  readonly text?: (row: Row) => string;
  /** Told by the pointer where the cell is cut off; `text` unless given. */
  readonly title?: (row: Row) => string;
  /** The cell that a row is known by; it carries the link of a row that opens. One column of a table has it. */
  readonly isHeader?: boolean;
  readonly align?: 'right';
  /** In rem. */
  readonly width?: number;
  /** In rem, of a column that takes what the others leave. */
  readonly minWidth?: number;
  /** Shown only in a table of this width or more, in rem. A window of 1280 pixels leaves it about 66, one of 900 about 41. */
  readonly from?: number;
  /** Not shown until somebody asks for it: see useColumnChoice. */
  readonly isOptional?: boolean;
  /** Its head sorts the table by it. */
  readonly isSortable?: boolean;
  /** For styles of the cells, from the page with `:deep(.name)`. */
  readonly className?: string;
}

/** The row that was opened, and how far the table was scrolled down (pixels). */
export interface Place {
  readonly row: number;
  readonly scrolled: number;
}

export interface Sort {
  readonly by: string;
  readonly isDescending: boolean;
}

/** What was chosen, and what it is called when it is no longer on the screen. */
export type Selection<Row extends { readonly id: string }> = ReadonlyMap<string, Row>;

/** The selection with some rows put in or taken out. */
export function changed<Row extends { readonly id: string }>(
  selection: Selection<Row>,
  rows: readonly Row[],
  isChosen: boolean,
): Selection<Row> {
  const next = new Map(selection);
  for (const row of rows) {
    if (isChosen) next.set(row.id, row);
    else next.delete(row.id);
  }
  return next;
}

/** The rows from one to another, both included, whichever comes first. */
export const between = <Row>(rows: readonly Row[], from: number, to: number): readonly Row[] =>
  rows.slice(Math.min(from, to), Math.max(from, to) + 1);
