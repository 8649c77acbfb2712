import { BaseModel } from './base-model.ts';

export class PayerAccount extends BaseModel {
  static override readonly tableName = 'payer_accounts';
  static override readonly idColumn = ['manager_id', 'payer_id'];

  declare managerId: string;
  declare payerId: string;
  declare accountId: string;
  declare linkedAt: string;
}
