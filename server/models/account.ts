import { BaseModel } from './base-model.ts';
import type { Language } from '../../contract/registrations.ts';

export class Account extends BaseModel {
  static override readonly tableName = 'accounts';
  static override readonly idColumn = 'id';

  declare id: string;
  declare email: string;
  declare firstName: string;
  declare lastName: string;
  declare passwordHash: string;
  declare language: Language;
  declare emailConfirmedAt: string | null;
  declare createdAt: string;
  /** The operator closed the account. */
  declare disabledAt: string | null;
}
