import type { SlipPasswordBatch as Contract } from '../../contract/slip-passwords.ts';
import { BaseModel } from './base-model.ts';

/** Slip passwords that were issued together. */
export class SlipPasswordBatch extends BaseModel {
  static override readonly tableName = 'slip_password_batches';
  static override readonly idColumn = ['manager_id', 'id'];

  declare managerId: string;
  declare id: string;
  declare form: Contract['form'];
  declare whom: Contract['whom'];
  declare state: Contract['state'];
  /** How many it is for; `issued` is how many there are. */
  declare payers: number;
  declare issued: number;
  declare issuedBy: string | null;
  declare issuedAt: string;
  declare expiresAt: string;
  /** When the last ones were issued: a batch that has stood still for long has died with its process. */
  declare touchedAt: string;
}
