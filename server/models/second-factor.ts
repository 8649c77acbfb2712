import { BaseModel } from './base-model.ts';

export class SecondFactor extends BaseModel {
  static override readonly tableName = 'second_factors';
  static override readonly idColumn = 'account_id';

  declare accountId: string;
  declare sealedSecret: string;
  declare lastStep: number;
  declare createdAt: string;
  declare confirmedAt: string | null;
}
