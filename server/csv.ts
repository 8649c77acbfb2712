/** What a spreadsheet would take for the beginning of a formula, or would skip before one. */
const formulaStart = /^[=+\-@\t\r]/;

/**
 * Text that a spreadsheet shows and never computes: a name such as `=HYPERLINK(…)` in somebody's data must not run in
 * the office. The apostrophe is the spreadsheets' own mark for "this is text".
 */
const neutralised = (text: string): string => (formulaStart.test(text) ? `'${text}` : text);

const apostrophe = 39;

/** The text as it was before it was neutralised, by us or by another program. */
export const unmarked = (text: string): string =>
  text.charCodeAt(0) === apostrophe && formulaStart.test(text.slice(1)) ? text.slice(1) : text;

const quoted = (cell: string): string => (/[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Cents as a number of the file: `-1234,56`. It is ours, so a minus is a minus. */
export interface Cents {
  readonly cents: number;
}

/** A cell of a file that goes back to where it came from: there too a minus before digits is a minus. */
export interface Returned {
  readonly returned: string;
}

const negative = /^-\d[\d.,]*$/;

function written(cell: string | Cents | Returned): string {
  if (typeof cell === 'string') return quoted(neutralised(cell));
  if ('returned' in cell) return quoted(negative.test(cell.returned) ? cell.returned : neutralised(cell.returned));
  const digits = String(Math.abs(cell.cents)).padStart(3, '0');
  return `${cell.cents < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`;
}

/** Without it Excel takes UTF-8 for the system's code page and breaks č, š, ž. */
export const byteOrderMark = '\ufeff';

/** A line of a CSV file the way Slovene spreadsheets read it: semicolons, CRLF. */
export const csvLine = (cells: readonly (string | Cents | Returned)[]): string => `${cells.map(written).join(';')}\r\n`;
