import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../server/db/connect.ts';
import { createLogger } from '../../server/logger.ts';
import { claimNext } from '../../server/mail/claims.ts';
import { createOutbox } from '../../server/mail/outbox.ts';
import { connections, smtpTransport } from '../../server/mail/transport.ts';
import { accountDeletedMail } from '../../server/mail/templates/account-deleted.ts';
import { nothingAttached } from '../../server/mail/attachments.ts';
import { createMailWorker } from '../../server/mail/worker.ts';
import { Mail } from '../../server/models/mail.ts';
import { someMail } from '../helpers/outgoing-mails.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { refusal, startSmtp, type TestSmtp } from '../helpers/smtp.ts';

const minute = 60_000;

let server: TestServer;
let shift = 0;
const clock = () => new Date(Date.now() + shift);
const outbox = createOutbox(clock, 'portal.example');
const cleanups: (() => Promise<void>)[] = [];
const logged: string[] = [];

beforeEach(async () => {
  shift = 0;
  logged.length = 0;
  server = await startTestServer();
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await server.close();
});

async function smtpWith(options?: Parameters<typeof startSmtp>[0]): Promise<TestSmtp> {
  const smtp = await startSmtp(options);
  cleanups.push(smtp.close);
  return smtp;
}

/** For servers that hang; those that do not must not look as if they did because the machine is busy. */
const quick = { connectionTimeout: 1000, greetingTimeout: 300, socketTimeout: 300 };
const patient = { connectionTimeout: 300_000, greetingTimeout: 300_000, socketTimeout: 300_000 };

/** @param db another connection than the test's own: another process, as far as the database can tell */
function workerFor(url: string, { db = server.db, timeouts = patient, grace = 100 } = {}) {
  const logger = createLogger('info', { write: (line) => void logged.push(line) });
  const transport = smtpTransport(url, 'iiPortal <iiportal@upravnik.example>', timeouts);
  const worker = createMailWorker({
    db,
    clock,
    random: () => 0.5,
    logger,
    transport,
    attachmentsOf: nothingAttached,
    grace,
  });
  cleanups.push(() => worker.stop());
  return worker;
}

const theMail = () => Mail.query(server.db).first().throwIfNotFound();
const messageIds = ({ received }: TestSmtp) => received.map(({ raw }) => /^Message-ID: (.*)$/m.exec(raw)?.[1]?.trim());

describe('the worker', () => {
  it('sends by SMTP, once, and erases what was sent', async () => {
    const smtp = await smtpWith();
    const worker = workerFor(smtp.url);
    await outbox.add(server.db, someMail);
    await worker.run();
    await worker.run();
    expect(smtp.received.map(({ to }) => to)).toEqual([['ziva@example.si']]);
    const mail = await theMail();
    expect(mail).toMatchObject({ state: 'sent', tries: 1, failedAt: null, lastError: null, text: '', html: null });
    expect(mail.sentAt).not.toBeNull();
    expect(mail.messageId).toMatch(/^<[0-9a-f]{32}@portal\.example>$/);
    expect(messageIds(smtp)).toEqual([mail.messageId]);
  });

  it('keeps nothing of the last mail to a person whose account is deleted', async () => {
    const smtp = await smtpWith();
    const person = { language: 'sl' as const, email: 'nekdanji@example.si', firstName: 'Živa' };
    await outbox.add(server.db, accountDeletedMail({ person }));
    await workerFor(smtp.url).run();
    expect(smtp.received.map(({ to }) => to)).toEqual([['nekdanji@example.si']]);
    expect(await Mail.query(server.db)).toEqual([]);
  });

  it('waits longer each time, and gives up after two days', async () => {
    const worker = workerFor('smtp://127.0.0.1:1');
    await outbox.add(server.db, someMail);
    const waits: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      await worker.run();
      const { nextTryAt } = await theMail();
      waits.push(Math.round((Date.parse(`${nextTryAt}Z`) - clock().getTime()) / minute));
      shift += (waits.at(-1) ?? 0) * minute + 1000;
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 240, 240]);
    expect(await theMail()).toMatchObject({ state: 'waiting', failedAt: null, tries: 10 });
    shift = 49 * 60 * minute;
    await worker.run();
    const mail = await theMail();
    expect(mail).toMatchObject({ state: 'failed', text: someMail.text });
    expect(mail.failedAt).not.toBeNull();
    expect(mail.lastError).toContain('ECONNREFUSED');
    shift += 100 * 60 * minute;
    await worker.run();
    expect((await theMail()).tries).toBe(11);
  });

  it.each([
    [
      'a recipient',
      {
        onRcptTo: (_: unknown, __: unknown, done: (error: Error) => void) =>
          done(refusal(550, 'no ziva@example.si here')),
      },
      'EENVELOPE',
    ],
    [
      'a text',
      { answer: (_: unknown, done: (error: Error) => void) => done(refusal(554, 'no, ziva@example.si')) },
      'EMESSAGE',
    ],
  ] as const)(
    'gives up at once when %s is refused for good, and keeps the address out of the log',
    async (_, options, code) => {
      const smtp = await smtpWith(options);
      const worker = workerFor(smtp.url);
      await outbox.add(server.db, someMail);
      await worker.run();
      const mail = await theMail();
      expect(mail).toMatchObject({ state: 'failed', tries: 1 });
      expect(mail.failedAt).not.toBeNull();
      expect(mail.lastError).toContain(mail.toAddress);
      expect(logged.map((line) => JSON.parse(line) as object)).toEqual([
        expect.objectContaining({ mailId: mail.id, gaveUp: true, code }),
      ]);
      expect(logged.join()).not.toContain(mail.toAddress);
    },
  );

  it('tries again what was refused for now, and sends the others meanwhile', async () => {
    let isFull = true;
    const smtp = await smtpWith({
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('polna') && isFull ? refusal(452, 'full') : null),
    });
    const worker = workerFor(smtp.url);
    const addresses = ['polna@example.si', ...Array.from({ length: 12 }, (_, i) => `oseba-${i}@example.si`)].sort();
    for (const to of addresses) await outbox.add(server.db, { ...someMail, to });
    await worker.run();
    expect(smtp.received).toHaveLength(12);
    const waiting = await Mail.query(server.db).where('state', 'waiting');
    expect(waiting).toMatchObject([{ toAddress: 'polna@example.si', tries: 1, failedAt: null }]);
    isFull = false;
    await worker.run();
    expect(smtp.received).toHaveLength(12); // Not yet due.
    shift = 2 * minute;
    await worker.run();
    expect(smtp.received.map(({ to }) => to[0]).sort()).toEqual(addresses);
  });

  it('asks a server in trouble for a few mails, not for each that waits', async () => {
    await outbox.addMany(
      server.db,
      Array.from({ length: 40 }, () => someMail),
    );
    await workerFor('smtp://127.0.0.1:1').run();
    const tried = await Mail.query(server.db).where('tries', '>', 0).resultSize();
    expect(tried).toBeGreaterThan(0);
    expect(tried).toBeLessThanOrEqual(connections);
    const smtp = await smtpWith({ onMailFrom: (_address, _session, done) => done(refusal(550, 'who are you?')) });
    await workerFor(smtp.url).run();
    expect(await Mail.query(server.db).where('tries', '>', 0).resultSize()).toBeLessThanOrEqual(2 * connections);
    // What a server has against us is no reason to give a mail up.
    expect(await Mail.query(server.db).whereNot('state', 'waiting').resultSize()).toBe(0);
  });
});

describe('a server that hangs', () => {
  const hangs = {
    'after the connection': { onConnect: () => undefined },
    'after MAIL': { onMailFrom: () => undefined },
    'after the data': { answer: () => undefined },
  } as const;

  it.each(Object.entries(hangs))(
    '%s is left, and the mail tried again with the same message id',
    async (_, options) => {
      const hanging = await smtpWith(options);
      await outbox.add(server.db, someMail);
      await workerFor(hanging.url, { timeouts: quick }).run();
      const mail = await theMail();
      expect(mail).toMatchObject({ state: 'waiting', tries: 1, text: someMail.text });
      expect(mail.lastError).toMatch(/time|greeting/i);
      shift = 2 * minute;
      const smtp = await smtpWith();
      await workerFor(smtp.url).run();
      expect(messageIds(smtp)).toEqual([mail.messageId]);
      expect((await theMail()).state).toBe('sent');
    },
  );

  it.each(Object.entries(hangs))('%s does not keep the worker from stopping', async (_, options) => {
    const reached = Promise.withResolvers<void>();
    const smtp = await smtpWith({
      ...Object.fromEntries(Object.keys(options).map((name) => [name, () => reached.resolve()])),
    });
    const worker = workerFor(smtp.url);
    await outbox.add(server.db, someMail);
    worker.start();
    await reached.promise;
    await worker.stop(); // Were it to wait, the test would be over before.
    const mail = await theMail();
    expect(mail.state).toBe('waiting');
    expect(mail.nextTryAt <= clock().toISOString().replace('T', ' ')).toBe(true);
  });

  it('is not waited for, but a mail that is being sent may be finished', async () => {
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const smtp = await smtpWith({
      answer: (_received, done) => {
        begun.resolve();
        void end.promise.then(() => done());
      },
    });
    const worker = workerFor(smtp.url, { grace: 20_000 });
    for (let i = 0; i < connections + 2; i += 1) await outbox.add(server.db, someMail);
    worker.start();
    await begun.promise;
    const stopped = worker.stop();
    end.resolve();
    await stopped;
    const states = (await Mail.query(server.db)).map(({ state }) => state);
    expect(states.filter((state) => state === 'sent').length).toBeGreaterThan(0);
    // No mail was begun after the stop.
    expect(states.filter((state) => state === 'waiting').length).toBeGreaterThanOrEqual(2);
    expect(await Mail.query(server.db).where({ state: 'waiting' }).where('tries', '>', 0).resultSize()).toBe(0);
  });
});

describe('a mail that may have arrived', () => {
  it('is sent exactly once more, with the same message id, when the server dies before its answer', async () => {
    const smtp = await smtpWith({
      answer: (_received, done, self) => {
        if (self.received.length === 1) self.cut();
        else done();
      },
    });
    const worker = workerFor(smtp.url);
    await outbox.add(server.db, someMail);
    await worker.run();
    const { messageId, ...mail } = await theMail();
    expect(mail).toMatchObject({ state: 'waiting', tries: 1 });
    expect(smtp.received).toHaveLength(1);
    shift = 2 * minute;
    await worker.run();
    shift = 60 * minute;
    await worker.run();
    expect(messageIds(smtp)).toEqual([messageId, messageId]);
    expect(smtp.received[1]?.raw.split('\r\n\r\n')[0]?.replace(/boundary=.*/, '')).toBe(
      smtp.received[0]?.raw.split('\r\n\r\n')[0]?.replace(/boundary=.*/, ''),
    );
    expect(await theMail()).toMatchObject({ state: 'sent', tries: 2 });
  });

  it('is sent again when its process died, once the claim has expired', async () => {
    const smtp = await smtpWith();
    await outbox.add(server.db, someMail);
    const claimed = await claimNext(server.db, clock());
    const worker = workerFor(smtp.url);
    shift = 4 * minute;
    await worker.run();
    expect(smtp.received).toEqual([]);
    shift = 6 * minute;
    await worker.run();
    expect(messageIds(smtp)).toEqual([claimed?.messageId]);
    expect((await theMail()).tries).toBe(2);
  });
});

describe('several workers', () => {
  it('send each of 200 mails exactly once', async () => {
    const smtp = await smtpWith();
    const addresses = Array.from({ length: 200 }, (_, i) => `oseba-${i}@example.si`).sort();
    await outbox.addMany(server.db, addresses.map((to) => ({ ...someMail, to }))); // prettier-ignore
    const other = connect(server.services.config.databaseUrl);
    cleanups.push(() => other.destroy());
    const workers = [workerFor(smtp.url), workerFor(smtp.url, { db: other })];
    await Promise.all(workers.map((worker) => worker.run()));
    expect(smtp.received.map(({ to }) => to[0]).sort()).toEqual(addresses);
    expect(await Mail.query(server.db).where({ state: 'sent', tries: 1 }).resultSize()).toBe(200);
  });
});
