import { BaseModel } from './base-model.ts';

export class DisplacedSession extends BaseModel {
  static override readonly tableName = 'displaced_sessions';
  static override readonly idColumn = 'token_hash';

  declare tokenHash: string;
  declare accountId: string;
  declare device: string | null;
  declare displacedAt: string;
}
