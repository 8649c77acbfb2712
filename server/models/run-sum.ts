import { BaseModel } from './base-model.ts';

/** What the items of a run with one description come to in a building. */
export class RunSum extends BaseModel {
  static override readonly tableName = 'run_sums';
  static override readonly idColumn = ['manager_id', 'run_id', 'building_id', 'description'];

  declare managerId: string;
  declare runId: string;
  declare buildingId: string;
  declare description: string;
  declare items: number;
  declare cents: number;
}
