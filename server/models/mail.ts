import { BaseModel } from './base-model.ts';

export class Mail extends BaseModel {
  static override readonly tableName = 'mails';
  static override readonly idColumn = 'id';

  declare id: string;
  declare toAddress: string;
  declare subject: string;
  declare text: string;
  declare html: string | null;
  declare messageId: string;
  declare createdAt: string;
  declare nextTryAt: string;
  declare tries: number;
  declare sentAt: string | null;
  declare failedAt: string | null;
  declare lastError: string | null;
}
