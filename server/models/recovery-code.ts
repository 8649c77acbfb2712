import { BaseModel } from './base-model.ts';

export class RecoveryCode extends BaseModel {
  static override readonly tableName = 'recovery_codes';
  static override readonly idColumn = ['account_id', 'hmac'];

  declare accountId: string;
  declare hmac: string;
}
