import { unmarked } from '../../../csv.ts';
import { columns, type Column } from './columns.ts';
import type { FaultList } from './faults.ts';

/** Where in a row the columns that we know are. */
export interface Header {
  readonly width: number;
  readonly columns: readonly { readonly column: Column; readonly index: number }[];
  /** Named in the file, not known here: reported and ignored. */
  readonly unknown: string[];
}

/** The column of a file of faulty rows that says why (faulty-rows/): it may come back with the rows. */
export const reasonColumn = 'razlog';

const known = new Map(columns.map((column) => [column.name, column]));

/** Reads the header row; undefined when its faults make the rows below unreadable. */
export function readHeader(cells: readonly string[], faults: FaultList): Header | undefined {
  const titles = cells.map((cell) => unmarked(cell.trim()));
  const names = titles.map((title) => title.toLowerCase());
  if (names.length === 1 && /[,\t|]/.test(names[0]!)) {
    faults.add('wrong_delimiter', 1);
    return undefined;
  }
  const before = faults.count;
  names.forEach((name, index) => {
    if (name && names.indexOf(name) < index) faults.add('doubled_column', 1, name);
  });
  for (const column of columns) {
    if (column.required && !names.includes(column.name)) faults.add('missing_column', 1, column.name);
  }
  if (faults.count > before) return undefined;
  return {
    width: names.length,
    columns: names.flatMap((name, index) => {
      const column = known.get(name);
      return column ? [{ column, index }] : [];
    }),
    unknown: titles
      .map((title) => title.slice(0, 100))
      .filter((cell) => cell && !known.has(cell.toLowerCase()) && cell.toLowerCase() !== reasonColumn),
  };
}
