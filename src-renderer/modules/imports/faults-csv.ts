import type { ImportFault } from '../../../contract/imports.ts';
import { toCsv } from '../../shared/format/csv.ts';

/** The faults as a file that can be sorted and handed on; `heads` names row, column, value and reason. */
export const faultsCsv = (faults: readonly ImportFault[], heads: readonly string[]): string =>
  toCsv([
    heads,
    ...faults.map((fault) => [String(fault.row ?? ''), fault.column ?? '', fault.value ?? '', fault.message]),
  ]);
