import { BaseModel } from './base-model.ts';

export class BillingRun extends BaseModel {
  static override readonly tableName = 'billing_runs';
  static override readonly idColumn = ['manager_id', 'id'];

  declare managerId: string;
  declare id: string;
  declare importId: string;
  declare period: string;
  declare state: 'draft' | 'published';
  declare publishedAt: string | null;
  declare publishedBy: string | null;
}
