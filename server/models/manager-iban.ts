import { BaseModel } from './base-model.ts';

/** An account for payments. */
export class ManagerIban extends BaseModel {
  static override readonly tableName = 'manager_ibans';
  static override readonly idColumn = ['manager_id', 'iban'];

  declare managerId: string;
  declare iban: string;
  /** What the office calls it. */
  declare name: string;
}
