import { BaseModel } from './base-model.ts';

export class SlipPassword extends BaseModel {
  static override readonly tableName = 'slip_passwords';
  static override readonly idColumn = ['manager_id', 'id'];

  declare managerId: string;
  declare id: string;
  declare payerId: string;
  declare batchId: string;
  declare hmac: string;
  declare issuedAt: string;
  declare expiresAt: string;
  declare usedAt: string | null;
  declare revokedAt: string | null;
}
