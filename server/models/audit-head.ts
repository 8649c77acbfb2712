import { BaseModel } from './base-model.ts';

/** Where a chain of the audit trail ends. */
export class AuditHead extends BaseModel {
  static override readonly tableName = 'audit_heads';
  static override readonly idColumn = 'chain';

  declare chain: string;
  /** The last entry's. */
  declare seq: number;
  declare seal: string;
}
