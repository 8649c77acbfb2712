import type { RequestState } from '../../contract/e-invoices.ts';
import type { Channel } from '../../contract/slips.ts';
import { BaseModel } from './base-model.ts';

export class EInvoiceRequest extends BaseModel {
  static override readonly tableName = 'e_invoice_requests';
  static override readonly idColumn = ['manager_id', 'id'];

  declare managerId: string;
  declare id: string;
  declare payerId: string;
  /** Null once the account is deleted. */
  declare accountId: string | null;
  declare channel: Channel;
  declare email: string | null;
  declare iban: string | null;
  declare taxNumber: string | null;
  declare state: RequestState;
  /** 1 or null, as databases count what is unique. */
  declare isOpen: 1 | null;
  declare reason: string | null;
  declare createdAt: string;
  declare decidedAt: string | null;
  declare decidedBy: string | null;
}
