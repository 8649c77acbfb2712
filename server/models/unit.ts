import { BaseModel } from './base-model.ts';
import type { UnitKind } from '../../contract/slips.ts';

export class Unit extends BaseModel {
  static override readonly tableName = 'units';
  static override readonly idColumn = ['manager_id', 'id'];

  declare managerId: string;
  declare id: string;
  declare buildingId: string;
  declare name: string;
  declare kind: UnitKind;
  declare areaM2: string | null;
  declare persons: string | null;
}
