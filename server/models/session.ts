import { BaseModel } from './base-model.ts';

export class Session extends BaseModel {
  static override readonly tableName = 'sessions';
  static override readonly idColumn = 'id';

  declare id: string;
  declare accountId: string;
  declare tokenHash: string;
  declare device: string | null;
  declare createdAt: string;
  declare lastUsedAt: string;
  declare expiresAt: string;
}
