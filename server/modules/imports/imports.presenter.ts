import type { Import as ContractImport, ImportFault } from '../../../contract/imports.ts';
import { toIso } from '../../db/time.ts';
import type { Import } from '../../models/import.ts';

/** An import together with the name of who sent it and the runs it still has. */
export interface ImportView {
  readonly row: Import;
  readonly createdBy: string;
  readonly runs: ContractImport['runs'];
}

export const presentImport = ({ row, createdBy, runs }: ImportView): ContractImport => ({
  id: row.id,
  fileName: row.fileName,
  state: row.state,
  progress: { phase: row.phase, rows: row.rowsRead, bytes: row.bytesRead, totalBytes: row.size },
  createdAt: toIso(row.createdAt),
  createdBy,
  finishedAt: row.finishedAt === null ? null : toIso(row.finishedAt),
  unknownColumns: JSON.parse(row.unknownColumns) as string[],
  faultCount: row.faultCount,
  faults: JSON.parse(row.faults) as ImportFault[],
  unchangedOf: row.unchangedOf,
  newPayers: row.newPayers,
  newSlips: row.newSlips,
  replacedSlips: row.replacedSlips,
  runs,
});
