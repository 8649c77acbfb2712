import { BaseModel } from './base-model.ts';

export class SlipItem extends BaseModel {
  static override readonly tableName = 'slip_items';
  static override readonly idColumn = ['manager_id', 'slip_id', 'position'];

  declare managerId: string;
  declare slipId: string;
  declare position: number;
  declare unitId: string;
  declare paymentOrderPosition: number;
  declare description: string;
  declare supplier: string | null;
  declare buildingTotalCents: number | null;
  declare allocationKey: string | null;
  declare quantity: string | null;
  declare measure: string | null;
  declare price: string | null;
  declare baseCents: number | null;
  declare vatRate: string | null;
  declare vatCents: number | null;
  declare amountCents: number;
}
