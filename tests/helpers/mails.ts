import type { Knex } from 'knex';
import type { MailKind } from '../../contract/mails.ts';
import { Mail } from '../../server/models/mail.ts';

/** The newest mail in the outbox to this address, of this kind. Its text is there until a worker has sent it. */
export async function lastMail(db: Knex, to: string, kind?: MailKind): Promise<Mail> {
  const mails = Mail.query(db).where({ to_address: to, ...(kind && { kind }) });
  const mail = await mails.orderBy('created_at', 'desc').limit(1).first();
  if (!mail) throw new Error(`no mail to ${to}`);
  return mail;
}

/** The code in a mail, on a line of its own: six digits, or 13 characters with hyphens, as they were printed. */
export function codeIn({ text }: Pick<Mail, 'text'>): string {
  const code = /^\s*(\d{6}|[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{5})\s*$/m.exec(text)?.[1];
  if (code === undefined) throw new Error(`no code in "${text}"`);
  return code;
}
