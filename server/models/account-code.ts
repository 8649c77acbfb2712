import { BaseModel } from './base-model.ts';

export class AccountCode extends BaseModel {
  static override readonly tableName = 'account_codes';
  static override readonly idColumn = 'id';

  declare id: string;
  declare accountId: string;
  declare purpose: 'email' | 'password';
  declare email: string;
  declare hmac: string;
  declare triesLeft: number;
  declare createdAt: string;
  declare expiresAt: string;
}
