import type { Channel } from '../../contract/slips.ts';
import { BaseModel } from './base-model.ts';

/** How many slips of a run were given to the program that sends e-invoices, and when last. */
export class RunExport extends BaseModel {
  static override readonly tableName = 'run_exports';
  static override readonly idColumn = ['manager_id', 'run_id', 'channel'];

  declare managerId: string;
  declare runId: string;
  declare channel: Channel;
  declare slips: number;
  declare exportedAt: string;
}
