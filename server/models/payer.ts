import { BaseModel } from './base-model.ts';
import type { Channel } from '../../contract/slips.ts';

export class Payer extends BaseModel {
  static override readonly tableName = 'payers';
  static override readonly idColumn = ['manager_id', 'id'];

  declare managerId: string;
  declare id: string;
  declare code: string;
  declare name: string;
  declare street: string;
  declare town: string;
  declare taxNumber: string | null;
  declare email: string | null;
  declare channel: Channel;
  /** Where the bank shows e-invoices, of the channel `bank` alone. */
  declare eInvoiceIban: string | null;
  declare createdAt: string;
  declare updatedAt: string;
}
