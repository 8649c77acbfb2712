import type { MailKind, MailState } from '../../contract/mails.ts';
import type { Language } from '../../contract/registrations.ts';
import { BaseModel } from './base-model.ts';

export class Mail extends BaseModel {
  static override readonly tableName = 'mails';
  static override readonly idColumn = 'id';

  declare id: string;
  declare kind: MailKind;
  declare language: Language;
  /** Whose office sees it; null for what is between the portal and a person alone. */
  declare managerId: string | null;
  /** With whom it goes. */
  declare accountId: string | null;
  /** The slip of the manager's that goes along as a PDF, made when the mail is sent. */
  declare slipId: string | null;
  /** The manager's import whose publication it is about. */
  declare importId: string | null;
  declare toAddress: string;
  declare replyTo: string | null;
  declare subject: string;
  /** Empty once the mail was sent, or has failed long ago: it may hold a code. */
  declare text: string;
  declare html: string | null;
  declare messageId: string;
  declare state: MailState;
  declare createdAt: string;
  declare nextTryAt: string;
  declare tries: number;
  declare sentAt: string | null;
  declare failedAt: string | null;
  /** When the office last asked for another try. */
  declare retriedAt: string | null;
  declare lastError: string | null;
}
