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
  /** The manager's own words in mails. */
  declare mailWelcomeText: string | null;
  declare mailSlipText: string | null;
  declare mailSignature: string | null;
  /** One of its host names; null: the first of them. */
  declare mainHost: string | null;
  /** Null: as many as the server's settings say. */
  declare slipPasswordDays: number | null;
  /** Raised by whatever changes what previews of imports are counted against. */
  declare billingVersion: number;
  declare createdAt: string;
  /** Name, street and town as they are searched (foldText). */
  declare search: string;
}
