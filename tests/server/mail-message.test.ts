import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../server/db/id.ts';
import type { Attachment } from '../../server/mail/attachments.ts';
import type { OutgoingMail } from '../../server/mail/outbox.ts';
import { emailCodeMail } from '../../server/mail/templates/email-code.ts';
import { newSlipMail } from '../../server/mail/templates/new-slip.ts';
import { welcomeMail } from '../../server/mail/templates/welcome.ts';
import { fileTransport, smtpTransport } from '../../server/mail/transport.ts';
import { Mail } from '../../server/models/mail.ts';
import { someManager, someMail, somePerson } from '../helpers/outgoing-mails.ts';
import { startSmtp, type TestSmtp } from '../helpers/smtp.ts';

/** Of every byte, many times, so that it is longer than any buffer on the way. */
const pdf: Attachment = {
  fileName: 'razdelilnik-2026-10-R-17.pdf',
  mediaType: 'application/pdf',
  bytes: Buffer.from(Array.from({ length: 200_000 }, (_, i) => i % 256)),
};

let smtp: TestSmtp;

beforeEach(async () => {
  smtp = await startSmtp();
});

afterEach(() => smtp.close());

/** The row that the outbox would have made of it. */
const rowOf = ({ to, ...mail }: OutgoingMail): Mail =>
  Mail.fromDatabaseJson({}).$set({
    ...mail,
    id: newId(),
    toAddress: to,
    messageId: '<0123456789abcdef0123456789abcdef@portal.example>',
    createdAt: '2026-11-23 14:05:00.000',
  });

/** What the server got, read as a mail program reads it. */
async function received(
  mail: OutgoingMail,
  from = 'Portal Čebašek <portal@upravnik.example>',
  attachments: readonly Attachment[] = [],
) {
  const transport = smtpTransport(smtp.url, from);
  await transport.send(rowOf(mail), attachments, new AbortController().signal);
  transport.close();
  const [{ to, raw }] = smtp.received as [TestSmtp['received'][0]];
  const parsed = await PostalMime.parse(raw);
  const header = (name: string) => parsed.headers.find(({ key }) => key === name.toLowerCase())?.value;
  return { to, raw, parsed, header };
}

const welcome = (given: Partial<typeof someManager> = {}, firstName: string = somePerson.firstName) =>
  welcomeMail({
    person: { ...somePerson, firstName },
    manager: { ...someManager, ...given },
    portal: 'https://portal.example',
    code: '123456',
  });

describe('a mail on its way', () => {
  it('arrives with every letter, as text and as HTML', async () => {
    const { parsed, raw } = await received(welcome());
    expect(parsed.subject).toBe('Dobrodošli v iiPortalu: Upravljanje Čebašek d.o.o.');
    expect(parsed.from).toMatchObject({ name: 'Portal Čebašek', address: 'portal@upravnik.example' });
    expect(parsed.to).toMatchObject([{ address: 'ziva@example.si' }]);
    expect(parsed.replyTo).toMatchObject([{ address: 'pisarna@upravnik.example' }]);
    for (const body of [parsed.text, parsed.html]) {
      expect(body).toContain('Pozdravljeni, Živa!');
      expect(body).toContain('Registracija pri upravniku Upravljanje Čebašek d.o.o. je uspela.');
      expect(body).toContain('123456');
    }
    expect(parsed.html).toContain('<html lang="sl">');
    expect(raw).toMatch(/^Content-Type: multipart\/alternative/m);
    // Only ASCII goes over the wire, in lines that any server takes.
    expect(raw).toMatch(/^[\t\r\n\x20-\x7e]*$/);
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThan(998);
  });

  it('says when it was written, that nobody answers, and in which language', async () => {
    const { parsed, header } = await received(someMail);
    expect(new Date(parsed.date ?? '').toISOString()).toBe('2026-11-23T14:05:00.000Z');
    expect(parsed.messageId).toBe('<0123456789abcdef0123456789abcdef@portal.example>');
    expect(header('Auto-Submitted')).toBe('auto-generated');
    expect(header('X-Auto-Response-Suppress')).toBe('All');
    expect(header('Content-Language')).toBe('sl');
    expect(header('Reply-To')).toBeUndefined();
    expect(header('List-Id')).toBeUndefined();
  });

  it('carries what goes along, byte by byte', async () => {
    const { raw, parsed } = await received(someMail, undefined, [pdf]);
    const [attached, ...others] = parsed.attachments;
    expect(others).toEqual([]);
    expect(attached).toMatchObject({ filename: pdf.fileName, mimeType: 'application/pdf', disposition: 'attachment' });
    expect(Buffer.from(attached!.content as ArrayBuffer)).toEqual(pdf.bytes);
    expect(raw).toMatch(/^[\t\r\n\x20-\x7e]*$/);
    expect(parsed.text).toContain('123456');
  });

  it('that goes to many carries its list', async () => {
    const slips = [{ period: '2026-10', payerName: 'Živa Čebašek' }];
    const mail = newSlipMail({ person: somePerson, manager: someManager, slips, portal: 'https://portal.example' });
    expect((await received(mail)).header('List-Id')).toBe('<new-slip.portal.example>');
  });

  it.each([
    ["the manager's name", () => welcome({ name: 'Upravnik\r\nBcc: tarca@example.si\r\n\r\nLažno besedilo' })],
    ["the person's name", () => welcome({}, 'Živa\r\nBcc: tarca@example.si')],
    ["the person's name, with bare line feeds and separators", () => welcome({}, 'Živa\nBcc: tarca@example.si\u2028x')],
  ])('has no header out of %s', async (_, make) => {
    const { to, parsed, raw, header } = await received(make());
    expect(to).toEqual(['ziva@example.si']);
    expect(parsed.bcc).toBeUndefined();
    expect(header('Bcc')).toBeUndefined();
    expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im);
    expect(parsed.subject).toMatch(/^Dobrodošli v iiPortalu: /);
    // Neither does it make a line of its own in the text.
    expect(parsed.text).not.toMatch(/^(Bcc|Lažno)/m);
  });

  it('goes to one address, even if a row holds what looks like several', async () => {
    const mail = emailCodeMail({ person: somePerson, to: 'a@example.si, tarca@example.si', code: '123456' });
    await received(mail).catch(() => undefined);
    expect(smtp.received.flatMap(({ to }) => to)).not.toContain('tarca@example.si');
  });
});

describe('without a mail server', () => {
  it('mails become .eml files that only the owner reads', async () => {
    const root = await mkdtemp(join(tmpdir(), 'iiportal-mails-'));
    const folder = join(root, 'mail');
    const transport = fileTransport(folder, 'iiPortal <iiportal@localhost>');
    await transport.send(rowOf(welcome()), [pdf], new AbortController().signal);
    const files = await readdir(folder);
    expect(files).toEqual([expect.stringMatching(/^20261123140500000-[0-9a-f]{32}\.eml$/)]);
    const file = join(folder, files[0]!);
    const parsed = await PostalMime.parse(await readFile(file));
    expect(parsed.subject).toBe('Dobrodošli v iiPortalu: Upravljanje Čebašek d.o.o.');
    expect(parsed.text).toContain('123456');
    expect(parsed.html).toContain('123456');
    expect(parsed.attachments.map(({ filename }) => filename)).toEqual([pdf.fileName]);
    expect(Buffer.from(parsed.attachments[0]!.content as ArrayBuffer)).toEqual(pdf.bytes);
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o077).toBe(0);
    await rm(root, { recursive: true });
  });
});
