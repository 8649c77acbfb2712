import { columns, type Column } from './columns.ts';
import type { FaultList } from './faults.ts';

/** Where in a row the columns that we know are. */
export interface Header {
  readonly width: number;
  readonly columns: readonly { readonly column: Column; readonly index: number }[];
  /** Named in the file, not known here: reported and ignored. */
  readonly unknown: string[];
}

const known = new Map(columns.map((column) => [column.name, column]));

/** Reads the header row; undefined when its faults make the rows below unreadable. */
export function readHeader(cells: readonly string[], faults: FaultList): Header | undefined {
  const names = cells.map((cell) => cell.trim().toLowerCase());
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
    unknown: cells.map((cell) => cell.trim().slice(0, 100)).filter((cell) => cell && !known.has(cell.toLowerCase())),
  };
}
