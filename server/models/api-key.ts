import { BaseModel } from './base-model.ts';

export class ApiKey extends BaseModel {
  static override readonly tableName = 'api_keys';
  static override readonly idColumn = ['manager_id', 'id'];

  declare managerId: string;
  declare id: string;
  declare name: string;
  declare beginning: string;
  declare keyHash: string;
  /** Separated by spaces. */
  declare scopes: string;
  declare createdBy: string | null;
  declare createdAt: string;
  declare expiresAt: string;
  declare lastUsedAt: string | null;
  declare revokedAt: string | null;
}
