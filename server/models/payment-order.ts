import { BaseModel } from './base-model.ts';

export class PaymentOrder extends BaseModel {
  static override readonly tableName = 'payment_orders';
  static override readonly idColumn = ['manager_id', 'slip_id', 'position'];

  declare managerId: string;
  declare slipId: string;
  declare position: number;
  declare iban: string;
  declare reference: string;
  declare purposeCode: string;
  declare purpose: string;
  declare amountCents: number;
}
