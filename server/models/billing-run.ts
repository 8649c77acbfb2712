import { BaseModel } from './base-model.ts';

export class BillingRun extends BaseModel {
  static override readonly tableName = 'billing_runs';
  static override readonly idColumn = ['manager_id', 'id'];

  declare managerId: string;
  declare id: string;
  declare importId: string;
  declare period: string;
  /** A run that is still `writing` is shown nowhere: what reads runs names the states it wants. */
  declare state: 'draft' | 'published';
  declare publishedAt: string | null;
  declare publishedBy: string | null;
  declare slips: number;
  declare totalCents: number;
}
