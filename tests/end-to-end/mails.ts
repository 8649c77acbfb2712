import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import PostalMime, { type Email } from 'postal-mime';
import { codeIn } from '../helpers/mails.ts';
import type { Portal } from './portal.ts';

const patienceMs = 60_000;

/** All mails, in the order in which they were written. */
async function allMails(portal: Portal): Promise<Email[]> {
  const names = await readdir(portal.mails).catch(() => []);
  const mails = names.filter((name) => name.endsWith('.eml')).sort();
  return Promise.all(mails.map(async (name) => PostalMime.parse(await readFile(join(portal.mails, name)))));
}

/** The texts of the mails to this address with this subject. */
const mailsTo = async (portal: Portal, to: string, subject: RegExp): Promise<string[]> =>
  (await allMails(portal))
    .filter((mail) => mail.to?.some(({ address }) => address === to) && mail.subject?.match(subject))
    .map(({ text }) => text ?? '');

/** A file that came with a mail. */
export interface MailedFile {
  readonly to: (string | undefined)[];
  readonly name: string | null;
  readonly bytes: Buffer;
}

/** Every file that was sent to anybody. */
export const mailedFiles = async (portal: Portal): Promise<MailedFile[]> =>
  (await allMails(portal)).flatMap(({ to = [], attachments }) =>
    attachments.map(({ filename, content }) => ({
      to: to.map(({ address }) => address),
      name: filename,
      bytes: Buffer.from(content as ArrayBuffer),
    })),
  );

/** Waits for the mail: the server sends in the background. */
export async function readMail(portal: Portal, to: string, subject: RegExp): Promise<string> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(200)) {
    const newest = (await mailsTo(portal, to, subject)).at(-1);
    if (newest !== undefined) return newest;
  }
  throw new Error(`no mail to ${to} about ${subject.source}`);
}

/** The code in the mail, as it is printed there. */
export const readCode = async (portal: Portal, to: string, subject: RegExp): Promise<string> =>
  codeIn({ text: await readMail(portal, to, subject) });
