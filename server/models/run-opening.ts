import { BaseModel } from './base-model.ts';

/** How many slips of a run were opened for the first time on a day, by the calendar in Slovenia. */
export class RunOpening extends BaseModel {
  static override readonly tableName = 'run_openings';
  static override readonly idColumn = ['manager_id', 'run_id', 'day'];

  declare managerId: string;
  declare runId: string;
  declare day: string;
  declare slips: number;
}
