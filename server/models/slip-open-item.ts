import { BaseModel } from './base-model.ts';

export class SlipOpenItem extends BaseModel {
  static override readonly tableName = 'slip_open_items';
  static override readonly idColumn = ['manager_id', 'slip_id', 'position'];

  declare managerId: string;
  declare slipId: string;
  declare position: number;
  declare description: string;
  declare dueDate: string | null;
  declare amountCents: number;
}
