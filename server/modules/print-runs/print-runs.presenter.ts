import type { PrintRun as ContractPrintRun } from '../../../contract/print-runs.ts';
import { toIso } from '../../db/time.ts';
import type { PrintRun } from '../../models/print-run.ts';

/** A print run together with the name of who ordered it. */
export interface PrintRunView {
  readonly row: PrintRun;
  readonly createdBy: string;
}

export const presentPrintRun = ({ row, createdBy }: PrintRunView): ContractPrintRun => ({
  id: row.id,
  runId: row.runId,
  period: row.period,
  form: row.form,
  slipPasswords: Boolean(row.slipPasswords),
  state: row.state,
  slips: row.slips,
  slipsDone: row.slipsDone,
  createdAt: toIso(row.createdAt),
  createdBy,
  finishedAt: row.finishedAt === null ? null : toIso(row.finishedAt),
});
