import { BaseModel } from './base-model.ts';

export class ManagerHost extends BaseModel {
  static override readonly tableName = 'manager_hosts';
  static override readonly idColumn = 'host';

  declare host: string;
  declare managerId: string;
}
