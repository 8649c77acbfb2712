import { BaseModel } from './base-model.ts';

export class NotificationChoice extends BaseModel {
  static override readonly tableName = 'notification_choices';
  static override readonly idColumn = ['manager_id', 'account_id'];

  declare managerId: string;
  declare accountId: string;
  declare newSlips: boolean | number;
}
