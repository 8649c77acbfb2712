import { BaseModel } from './base-model.ts';

export class RunFund extends BaseModel {
  static override readonly tableName = 'run_funds';
  static override readonly idColumn = ['manager_id', 'run_id', 'building_id'];

  declare managerId: string;
  declare runId: string;
  declare buildingId: string;
  declare openingCents: number | null;
  declare paidInCents: number | null;
  declare spentCents: number | null;
  declare balanceCents: number;
}
