import { BaseModel } from './base-model.ts';

export class ManagerLogo extends BaseModel {
  static override readonly tableName = 'manager_logos';
  static override readonly idColumn = 'manager_id';

  declare managerId: string;
  declare mediaType: 'image/png' | 'image/jpeg';
  declare picture: Buffer;
  declare kind: 'jpeg' | 'rgb';
  declare print: Buffer;
  declare width: number;
  declare height: number;
  declare updatedAt: string;
}
