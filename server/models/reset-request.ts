import { BaseModel } from './base-model.ts';

export class ResetRequest extends BaseModel {
  static override readonly tableName = 'reset_requests';
  static override readonly idColumn = 'id';

  declare id: string;
  declare email: string;
  declare address: string;
  declare createdAt: string;
}
