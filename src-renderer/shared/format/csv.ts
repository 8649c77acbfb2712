/** What a spreadsheet would take for the beginning of a formula, or would skip before one. */
const formulaStart = /^[=+\-@\t\r]/;

/**
 * A cell that a spreadsheet shows and never computes: a name such as `=HYPERLINK(…)` in somebody's data must not run
 * in the office. The apostrophe is the spreadsheets' own mark for "this is text".
 */
export const neutraliseFormula = (cell: string): string => (formulaStart.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string): string => (/[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Rows as a CSV file the way Slovene spreadsheets read it: semicolons, CRLF. The BOM is added where it is saved. */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => quoted(neutraliseFormula(cell))).join(';') + '\r\n').join('');

/** Rows for the clipboard: a spreadsheet pastes tabs and lines as cells. */
export const toTabbed = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => neutraliseFormula(cell).replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
