import { BaseModel } from './base-model.ts';

export class HumanCheck extends BaseModel {
  static override readonly tableName = 'human_checks';
  static override readonly idColumn = 'id';

  declare id: string;
  declare expiresAt: string;
}
