import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { fromInstant } from '../db/time.ts';
import type { Mail } from '../models/mail.ts';
import type { Attachment } from './attachments.ts';

/** Delivers one mail, or throws. */
export interface MailTransport {
  /** @param signal ends the delivery at once, wherever it is */
  readonly send: (mail: Mail, attachments: readonly Attachment[], signal: AbortSignal) => Promise<void>;
  readonly close: () => void;
}

/** An address by itself: nothing in it is read as a name or as a list. */
const alone = (address: string) => ({ name: '', address });

/** Of mails that go to many; List-Id lets mail programs sort them (RFC 2919). */
const listHeader = ({ kind, messageId }: Mail): Record<string, string> =>
  kind === 'new-slip' || kind === 'slip-pdf'
    ? { 'List-Id': `<${kind}.${messageId.slice(messageId.indexOf('@') + 1)}` }
    : {};

const message = (mail: Mail, attachments: readonly Attachment[], from: string): SendMailOptions => ({
  from,
  to: alone(mail.toAddress),
  ...(mail.replyTo === null ? {} : { replyTo: alone(mail.replyTo) }),
  subject: mail.subject,
  text: mail.text,
  ...(mail.html === null ? {} : { html: mail.html }),
  attachments: attachments.map(({ fileName, mediaType, bytes }) => ({
    filename: fileName,
    contentType: mediaType,
    content: bytes,
  })),
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
    send: async (mail, attachments, signal) => {
      await transporter.sendMail({ ...message(mail, attachments, from), signal });
    },
    close: () => transporter.close(),
  };
}

/** Without a mail server: each mail becomes an .eml file, which any mail program opens. */
export function fileTransport(folder: string, from: string): MailTransport {
  const transporter = createTransport({ streamTransport: true });
  return {
    send: async (mail, attachments, signal) => {
      const { message: bytes } = await transporter.sendMail(message(mail, attachments, from));
      const file = join(folder, `${mail.createdAt.replace(/\D/g, '')}-${mail.id}.eml`);
      await mkdir(folder, { recursive: true });
      await pipeline(bytes as Readable, createWriteStream(`${file}.part`, { mode: 0o600 }), { signal });
      await rename(`${file}.part`, file);
    },
    close: () => transporter.close(),
  };
}
