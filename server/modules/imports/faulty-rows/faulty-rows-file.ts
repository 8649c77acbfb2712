import { byteOrderMark, csvLine } from '../../../csv.ts';
import type { Encoding } from '../billing-file/encoding.ts';
import { FaultList, type RowFault, ruleMessages } from '../billing-file/faults.ts';
import { reasonColumn } from '../billing-file/read-header.ts';
import { type FileRecord, readRecords } from '../billing-file/read-records.ts';
import { suggest } from '../billing-file/suggest.ts';

export interface FaultyRowsFile {
  readonly rows: number;
  readonly text: string;
}

/** Rows of a file that somebody is to correct in a spreadsheet; a database takes such a text, and so does memory. */
const mostCharacters = 8_000_000;

function reasonOf({ rule, column }: RowFault, cells: readonly string[], header: readonly string[]): string {
  const value = cells[header.findIndex((name) => name.trim().toLowerCase() === column)] ?? null;
  const suggestion = suggest({ rule, column, value });
  const where = column === null ? '' : `${column}: `;
  return `${where}${ruleMessages[rule]}${suggestion === null ? '' : ` Predlog: ${suggestion}`}`;
}

/** The reasons stand first: a row that has too few or too many cells keeps them as they are. */
function lineOf({ row, cells }: FileRecord, header: readonly string[], faults: FaultList): string {
  const reasons = (faults.byRow.get(row) ?? []).map((fault) => reasonOf(fault, cells, header));
  return csvLine([reasons.join(' | '), ...cells.map((returned) => ({ returned }))]);
}

/**
 * The rows with faults as they stand in the file, under its header, each with all that is wrong with it. Corrected, it
 * can be read like the file itself: the marks that keep a spreadsheet from computing cells are taken off again. The file is read once more for it, as far as the last of these rows.
 */
export async function faultyRowsFile(
  { path, encoding }: { readonly path: string; readonly encoding: Encoding },
  faults: FaultList,
): Promise<FaultyRowsFile> {
  const last = Math.max(0, ...faults.byRow.keys());
  let header: readonly string[] = [];
  let text = '';
  let rows = 0;
  for await (const { records } of readRecords(path, encoding, new FaultList())) {
    for (const record of records) {
      if (record.row === 1) {
        header = record.cells;
        text = byteOrderMark + csvLine([reasonColumn, ...header.map((returned) => ({ returned }))]);
      } else if (faults.byRow.has(record.row)) {
        text += lineOf(record, header, faults);
        rows += 1;
      }
      if (record.row >= last || text.length > mostCharacters) return { rows, text };
    }
  }
  return { rows, text };
}
