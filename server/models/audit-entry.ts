import type { AuditAction } from '../../contract/audit-actions.ts';
import { BaseModel } from './base-model.ts';

/** What was done. Entries are added and read: there is no code that changes or deletes one. */
export class AuditEntry extends BaseModel {
  static override readonly tableName = 'audit_entries';
  static override readonly idColumn = ['chain', 'seq'];

  /** The manager's id, or the portal's own chain. */
  declare chain: string;
  /** 1, 2, 3 ... without a gap: the order of the deeds, whatever the clock said. */
  declare seq: number;
  declare at: string;
  declare action: AuditAction;
  declare actorId: string | null;
  declare address: string | null;
  declare subjectKind: string | null;
  declare subjectId: string | null;
  /** A JSON object of one line. */
  declare details: string;
  declare hash: string;
}
