import type { PrintForm, PrintRun as ContractPrintRun } from '../../contract/print-runs.ts';
import { BaseModel } from './base-model.ts';

export class PrintRun extends BaseModel {
  static override readonly tableName = 'print_runs';
  static override readonly idColumn = ['manager_id', 'id'];

  declare managerId: string;
  declare id: string;
  declare runId: string;
  declare period: string;
  declare form: PrintForm;
  declare slipPasswords: boolean | number;
  /** JSON of what was ordered. */
  declare selection: string;
  declare state: ContractPrintRun['state'];
  /** 1 while it runs. */
  declare isRunning: number | null;
  declare slips: number;
  declare slipsDone: number;
  /** Of the slip passwords that were issued for it. */
  declare batchId: string | null;
  declare createdBy: string | null;
  declare createdAt: string;
  declare heartbeatAt: string;
  declare finishedAt: string | null;
}
