import { BaseModel } from './base-model.ts';

/** A publication whose mails are being written. */
export class SlipMailing extends BaseModel {
  static override readonly tableName = 'slip_mailings';
  static override readonly idColumn = ['manager_id', 'import_id'];

  declare managerId: string;
  declare importId: string;
  declare createdAt: string;
  /** First the slips themselves, then the notices of the others. */
  declare kind: 'slip-pdf' | 'new-slip';
  declare afterId: string;
}
