/** What was chosen, and what it is called when it is no longer on the screen. */
export type Selection<T extends { readonly id: string }> = ReadonlyMap<string, T>;

/** The selection with some rows put in or taken out. */
export function changed<T extends { readonly id: string }>(
  selection: Selection<T>,
  rows: readonly T[],
  isChosen: boolean,
): Selection<T> {
  const next = new Map(selection);
  for (const row of rows) {
    if (isChosen) next.set(row.id, row);
    else next.delete(row.id);
  }
  return next;
}

/** The rows from one to another, both included, whichever comes first. */
export const between = <T>(rows: readonly T[], from: number, to: number): readonly T[] =>
  rows.slice(Math.min(from, to), Math.max(from, to) + 1);
