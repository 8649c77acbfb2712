import { readdir, readFile, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutbox, type OutgoingMail } from '../../server/mail/outbox.ts';
import { fileTransport, smtpTransport, type MailTransport } from '../../server/mail/transport.ts';
import { createMailWorker } from '../../server/mail/worker.ts';
import { Mail } from '../../server/models/mail.ts';
import { createLogger } from '../../server/logger.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const from = 'iiPortal <iiportal@upravnik.example>';
const welcome: OutgoingMail = {
  kind: 'welcome',
  language: 'sl',
  to: 'ziva@example.si',
  replyTo: null,
  subject: 'Dobrodošli: čšž',
  text: 'Pozdravljeni, Živa!\n',
  html: '<p>Pozdravljeni, Živa!</p>',
  managerId: null,
  accountId: null,
};
const minute = 60_000;

let server: TestServer;
let shift = 0;
const clock = () => new Date(Date.now() + shift);
const outbox = createOutbox(clock, 'portal.example');
const cleanups: (() => Promise<void>)[] = [];

beforeEach(async () => {
  shift = 0;
  server = await startTestServer();
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await server.close();
});

interface Received {
  readonly to: string[];
  readonly raw: string;
}

/** A real SMTP server on a free port, and what it received. */
async function startSmtp(options: SMTPServerOptions = {}): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      void text(stream).then((raw) => {
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw });
        done();
      });
    },
    ...options,
  });
  smtp.on('error', () => undefined); // A test that makes it fail looks at the client's side.
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => new Promise((resolve) => void smtp.close(() => resolve())));
  return { url: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`, received };
}

const logged: string[] = [];

function workerWith(transport: MailTransport) {
  const logger = createLogger('info', { write: (line) => void logged.push(line) });
  const worker = createMailWorker({ db: server.db, clock, random: () => 0.5, logger, transport });
  cleanups.push(() => worker.stop());
  return worker;
}

const theMail = () => Mail.query(server.db).first().throwIfNotFound();

describe('the outbox', () => {
  it('keeps a mail only with the transaction that is its reason', async () => {
    const failing = server.db.transaction(async (trx) => {
      await outbox.add(trx, welcome);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await Mail.query(server.db).resultSize()).toBe(0);
  });

  it.each(['to', 'subject'] as const)('takes no line break in %s', async (field) => {
    const forged = { ...welcome, [field]: 'x\r\nBcc: vsi@example.si' };
    await expect(outbox.add(server.db, forged)).rejects.toThrow(field === 'to' ? 'no address' : 'control character');
  });
});

describe('the worker', () => {
  it('sends by SMTP, once', async () => {
    const smtp = await startSmtp();
    const worker = workerWith(smtpTransport(smtp.url, from));
    await outbox.add(server.db, welcome);
    await worker.run();
    await worker.run();
    expect(smtp.received).toHaveLength(1);
    const [{ to, raw }] = smtp.received as [Received];
    expect(to).toEqual(['ziva@example.si']);
    const mail = await theMail();
    expect(raw).toContain(`Message-ID: ${mail.messageId}`);
    expect(mail.messageId).toMatch(/^<[0-9a-f]{32}@portal\.example>$/);
    expect(mail).toMatchObject({ tries: 1, failedAt: null, lastError: null });
    expect(mail.sentAt).not.toBeNull();
  });

  it('tries again later, with the same message id, when the server hangs up after the data', async () => {
    let attempts = 0;
    const seen: string[] = [];
    const smtp = await startSmtp({
      onData: (stream, _session, done) => {
        void text(stream).then((raw) => {
          seen.push(/Message-ID: (.*)/.exec(raw)?.[1]?.trim() ?? '');
          attempts += 1;
          done(attempts === 1 ? Object.assign(new Error('go away'), { responseCode: 421 }) : null);
        });
      },
    });
    const worker = workerWith(smtpTransport(smtp.url, from));
    await outbox.add(server.db, welcome);
    await worker.run();
    expect(await theMail()).toMatchObject({ tries: 1, sentAt: null, failedAt: null });
    await worker.run();
    expect(attempts).toBe(1); // Not yet due.
    shift = 2 * minute;
    await worker.run();
    expect((await theMail()).sentAt).not.toBeNull();
    expect(seen).toEqual([seen[0], seen[0]]);
  });

  it('waits longer each time, and gives up after two days', async () => {
    const worker = workerWith(smtpTransport('smtp://127.0.0.1:1', from));
    await outbox.add(server.db, welcome);
    const waits: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      await worker.run();
      const { nextTryAt } = await theMail();
      waits.push(Math.round((Date.parse(`${nextTryAt}Z`) - clock().getTime()) / minute));
      shift += (waits.at(-1) ?? 0) * minute + 1000;
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32]);
    shift = 49 * 60 * minute;
    await worker.run();
    const mail = await theMail();
    expect(mail.failedAt).not.toBeNull();
    expect(mail.lastError).toContain('ECONNREFUSED');
  });

  it('gives up at once on an address that the server does not want, and keeps it out of the log', async () => {
    const smtp = await startSmtp({
      onRcptTo: ({ address }, _session, done) =>
        done(Object.assign(new Error(`no such mailbox: ${address}`), { responseCode: 550 })),
    });
    logged.length = 0;
    const worker = workerWith(smtpTransport(smtp.url, from));
    await outbox.add(server.db, welcome);
    await worker.run();
    const mail = await theMail();
    expect(mail.failedAt).not.toBeNull();
    expect(mail.lastError).toContain(mail.toAddress);
    expect(logged.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ mailId: mail.id, gaveUp: true, code: 'EENVELOPE', responseCode: 550 }),
    ]);
    expect(logged.join()).not.toContain(mail.toAddress);
  });

  it('sends the others when one fails', async () => {
    const smtp = await startSmtp({
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('ne') ? Object.assign(new Error('no'), { responseCode: 450 }) : null),
    });
    const worker = workerWith(smtpTransport(smtp.url, from));
    for (const to of ['ne@example.si', 'a@example.si', 'b@example.si']) await outbox.add(server.db, { ...welcome, to });
    await worker.run();
    expect(smtp.received.map(({ to }) => to[0]).sort()).toEqual(['a@example.si', 'b@example.si']);
  });

  it('sends each mail once although several work on them', async () => {
    const smtp = await startSmtp();
    const workers = [1, 2, 3].map(() => workerWith(smtpTransport(smtp.url, from)));
    for (let i = 0; i < 12; i += 1) await outbox.add(server.db, { ...welcome, to: `oseba-${i}@example.si` });
    await Promise.all(workers.map((worker) => worker.run()));
    expect(smtp.received.map(({ to }) => to[0]).sort()).toEqual(
      Array.from({ length: 12 }, (_, i) => `oseba-${i}@example.si`).sort(),
    );
  });

  it('runs by itself, and stops when the mail in hand is sent', async () => {
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const smtp = await startSmtp({
      onData: (stream, _session, done) => {
        stream.resume();
        begun.resolve();
        void end.promise.then(() => done());
      },
    });
    const worker = workerWith(smtpTransport(smtp.url, from));
    for (let i = 0; i < 7; i += 1) await outbox.add(server.db, welcome);
    worker.start();
    await begun.promise;
    const stopped = worker.stop();
    end.resolve();
    await stopped;
    const sent = await Mail.query(server.db).whereNotNull('sent_at').resultSize();
    expect(sent).toBe(5);
  });

  it('writes .eml files where there is no mail server', async () => {
    const folder = join(server.services.config.dataDir, 'mail');
    const worker = workerWith(fileTransport(folder, from));
    await outbox.add(server.db, welcome);
    await worker.run();
    const files = await readdir(folder);
    expect(files).toHaveLength(1);
    expect(files[0]).toMatch(/^\d{17}-[0-9a-f]{32}\.eml$/);
    const file = join(folder, files[0] ?? '');
    const eml = await readFile(file, 'utf8');
    expect(eml).toContain('To: ziva@example.si');
    expect(eml).toMatch(/Subject: =\?UTF-8\?/);
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o077).toBe(0);
  });
});
