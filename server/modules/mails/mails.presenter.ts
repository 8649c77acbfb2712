import type { Mail as ContractMail } from '../../../contract/mails.ts';
import { toIso } from '../../db/time.ts';
import type { Mail } from '../../models/mail.ts';

const isoOrNull = (instant: string | null): string | null => (instant === null ? null : toIso(instant));

export const presentMail = (row: Omit<Mail, 'text' | 'html'>, payerId: string | null = null): ContractMail => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  to: row.toAddress,
  subject: row.subject,
  createdAt: toIso(row.createdAt),
  sentAt: isoOrNull(row.sentAt),
  failedAt: isoOrNull(row.failedAt),
  tries: row.tries,
  lastError: row.lastError,
  payerId,
});
