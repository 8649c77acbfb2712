import { BaseModel } from './base-model.ts';

export class Building extends BaseModel {
  static override readonly tableName = 'buildings';
  static override readonly idColumn = ['manager_id', 'id'];

  declare managerId: string;
  declare id: string;
  declare name: string;
}
