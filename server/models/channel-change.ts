import type { ChannelChange as ContractChange } from '../../contract/e-invoices.ts';
import type { Channel } from '../../contract/slips.ts';
import { BaseModel } from './base-model.ts';

export class ChannelChange extends BaseModel {
  static override readonly tableName = 'channel_changes';
  static override readonly idColumn = ['manager_id', 'id'];

  declare managerId: string;
  declare id: string;
  declare payerId: string;
  declare channel: Channel;
  declare origin: ContractChange['origin'];
  declare requestId: string | null;
  declare changedBy: string | null;
  declare changedAt: string;
}
