import { BaseModel } from './base-model.ts';

export class Slip extends BaseModel {
  static override readonly tableName = 'slips';
  static override readonly idColumn = ['manager_id', 'id'];

  declare managerId: string;
  declare id: string;
  declare runId: string;
  declare payerId: string;
  declare number: string;
  declare period: string;
  declare issueDate: string;
  declare dueDate: string;
  declare totalCents: number;
  declare note: string | null;
  /** When a resident first got it; what the office looks at does not count. */
  declare firstOpenedAt: string | null;
  /** When it left as the PDF of a mail. */
  declare mailedAt: string | null;
}
