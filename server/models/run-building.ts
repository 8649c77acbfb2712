import { BaseModel } from './base-model.ts';

/** How many slips of a run have items in a building, and what these items come to. */
export class RunBuilding extends BaseModel {
  static override readonly tableName = 'run_buildings';
  static override readonly idColumn = ['manager_id', 'run_id', 'building_id'];

  declare managerId: string;
  declare runId: string;
  declare buildingId: string;
  declare slips: number;
  declare totalCents: number;
}
