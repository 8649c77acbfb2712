import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Mail } from '../models/mail.ts';

/** Delivers one mail, or throws. */
export interface MailTransport {
  readonly send: (mail: Mail) => Promise<void>;
  readonly close: () => void;
}

const message = (mail: Mail, from: string) => ({
  from,
  to: mail.toAddress,
  subject: mail.subject,
  text: mail.text,
  ...(mail.html === null ? {} : { html: mail.html }),
  messageId: mail.messageId,
  // Nothing of a mail is ever read from a file or an address.
  disableFileAccess: true,
  disableUrlAccess: true,
});

export function smtpTransport(url: string, from: string): MailTransport {
  const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 };
  const transporter = createTransport({ url, ...timeouts });
  return {
    send: async (mail) => {
      await transporter.sendMail(message(mail, from));
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
