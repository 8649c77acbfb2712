import type { Import as ContractImport } from '../../../contract/imports.ts';
import { toIso } from '../../db/time.ts';
import type { Import } from '../../models/import.ts';
import type { KeptFault } from './billing-file/faults.ts';
import { suggest } from './billing-file/suggest.ts';

/** An import together with the names of who sent it and took it back, the runs it still has, and its faulty rows. */
export interface ImportView {
  readonly row: Import;
  readonly createdBy: string;
  readonly withdrawnBy: string;
  readonly faultyRows: number;
  readonly runs: ContractImport['runs'];
}

const presentWithdrawal = ({ row, withdrawnBy }: ImportView): ContractImport['withdrawal'] =>
  row.withdrawnAt === null ? null : { reason: row.withdrawalReason ?? '', by: withdrawnBy, at: toIso(row.withdrawnAt) };

const presentFaults = (faults: string): ContractImport['faults'] =>
  (JSON.parse(faults) as KeptFault[]).map((fault) => ({ ...fault, suggestion: suggest(fault) }));

export function presentImport(view: ImportView): ContractImport {
  const { row, createdBy, faultyRows, runs } = view;
  return {
    id: row.id,
    fileName: row.fileName,
    state: row.state,
    progress: { phase: row.phase, rows: row.rowsRead, bytes: row.bytesRead, totalBytes: row.size },
    createdAt: toIso(row.createdAt),
    createdBy,
    finishedAt: row.finishedAt === null ? null : toIso(row.finishedAt),
    unknownColumns: JSON.parse(row.unknownColumns) as string[],
    faultCount: row.faultCount,
    faults: presentFaults(row.faults),
    faultyRows,
    unchangedOf: row.unchangedOf,
    newPayers: row.newPayers,
    newSlips: row.newSlips,
    replacedSlips: row.replacedSlips,
    withdrawal: presentWithdrawal(view),
    runs,
  };
}
