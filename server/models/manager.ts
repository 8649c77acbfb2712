import { BaseModel } from './base-model.ts';

export class Manager extends BaseModel {
  static override readonly tableName = 'managers';
  static override readonly idColumn = 'id';

  declare id: string;
  declare name: string;
  declare street: string;
  declare town: string;
  declare email: string | null;
  declare phone: string | null;
  declare taxNumber: string | null;
  declare iban: string;
  declare referenceTemplate: string;
  declare purposeCode: string;
  declare purposeTemplate: string;
  declare slipNote: string | null;
  declare createdAt: string;
  /** Name, street and town as they are searched (foldText). */
  declare search: string;
}
