import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { fromInstant } from '../db/time.ts';
import type { Mail } from '../models/mail.ts';

/** Delivers one mail, or throws. */
export interface MailTransport {
  /** @param signal ends the delivery at once, wherever it is */
  readonly send: (mail: Mail, signal: AbortSignal) => Promise<void>;
  readonly close: () => void;
}

/** An address by itself: nothing in it is read as a name or as a list. */
const alone = (address: string) => ({ name: '', address });

/** Of mails that go to many; List-Id lets mail programs sort them (RFC 2919). */
const listHeader = ({ kind, messageId }: Mail): Record<string, string> =>
  kind === 'new-slip' ? { 'List-Id': `<new-slip.${messageId.slice(messageId.indexOf('@') + 1)}` } : {};

const message = (mail: Mail, from: string): SendMailOptions => ({
  from,
  to: alone(mail.toAddress),
  ...(mail.replyTo === null ? {} : { replyTo: alone(mail.replyTo) }),
  subject: mail.subject,
  text: mail.text,
  ...(mail.html === null ? {} : { html: mail.html }),
  messageId: mail.messageId,
  date: fromInstant(mail.createdAt),
  headers: {
    'Content-Language': mail.language,
    // No out-of-office reply to us, from Exchange either.
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    ...listHeader(mail),
  },
  // Nothing of a mail is ever read from a file or an address.
  disableFileAccess: true,
  disableUrlAccess: true,
});

/** Milliseconds that a mail server may take: to be connected to, to greet, and between any two signs of life. */
export interface SmtpTimeouts {
  readonly connectionTimeout: number;
  readonly greetingTimeout: number;
  readonly socketTimeout: number;
}

const patience: SmtpTimeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 };

/** As many connections as mails are sent at once; kept for the next mails, but not when there are none. */
export const connections = 5;
const kept = { pool: true, maxConnections: connections, idleTimeout: 10_000 } as const;

export function smtpTransport(url: string, from: string, timeouts = patience): MailTransport {
  const transporter = createTransport({ url, ...kept, ...timeouts });
  return {
    send: async (mail, signal) => {
      await transporter.sendMail({ ...message(mail, from), signal });
    },
    close: () => transporter.close(),
  };
}

/** Without a mail server: each mail becomes an .eml file, which any mail program opens. */
export function fileTransport(folder: string, from: string): MailTransport {
  const transporter = createTransport({ streamTransport: true, buffer: true });
  return {
    send: async (mail) => {
      const { message: bytes } = await transporter.sendMail(message(mail, from));
      const file = join(folder, `${mail.createdAt.replace(/\D/g, '')}-${mail.id}.eml`);
      await mkdir(folder, { recursive: true });
      await writeFile(`${file}.part`, bytes as Buffer, { mode: 0o600 });
      await rename(`${file}.part`, file);
    },
    close: () => transporter.close(),
  };
}
