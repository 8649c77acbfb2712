import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publishImport } from '../../contract/imports.ts';
import { ApiError } from '../../server/http/api-error.ts';
import { toInstant } from '../../server/db/time.ts';
import { formatDay } from '../../server/mail/dates.ts';
import type { OutgoingMail } from '../../server/mail/outbox.ts';
import { createSender } from '../../server/mail/sender.ts';
import { smtpTransport } from '../../server/mail/transport.ts';
import { Account } from '../../server/models/account.ts';
import type { BillingRun } from '../../server/models/billing-run.ts';
import { Mail } from '../../server/models/mail.ts';
import type { Manager } from '../../server/models/manager.ts';
import { Payer } from '../../server/models/payer.ts';
import { SlipMailing } from '../../server/models/slip-mailing.ts';
import { slipAttachment } from '../../server/modules/notifications/slip-attachment.ts';
import { createSlipMailings } from '../../server/modules/notifications/slip-mailings.ts';
import type { Services } from '../../server/services.ts';
import { createManager, createPayer, createResident, createStaff } from '../helpers/factories.ts';
import { pdfText } from '../helpers/read-pdf.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createRun, createSlip, createWholeSlip } from '../helpers/slip-factories.ts';
import { startSmtp, type TestSmtp } from '../helpers/smtp.ts';

const now = new Date();
/** So many days from today. */
const dayIn = (days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

let server: TestServer;
let smtp: TestSmtp;
let manager: Manager;
let run: BillingRun;
let token: string;

beforeAll(async () => {
  server = await startTestServer({ clock: () => now });
});

afterAll(() => server.close());

beforeEach(async () => {
  const { db } = server;
  smtp = await startSmtp();
  manager = await createManager(db);
  run = await createRun(db, manager.id, { state: 'draft' });
  token = (await createStaff(db, manager.id, 'clerk')).token;
  await Mail.query(db).delete();
});

afterEach(() => smtp.close());

const slipFor = (payer: Payer, given: Parameters<typeof createSlip>[2] = {}) =>
  createWholeSlip(server.db, payer, { runId: run.id, dueDate: dayIn(10), ...given });

const payerBy = (email: string | null, given: Parameters<typeof createPayer>[2] = {}) =>
  createPayer(server.db, manager.id, { channel: 'email', email, ...given });

async function publish(): Promise<void> {
  const { status } = await server.api(publishImport, { token, params: { id: run.importId } });
  expect(status).toBe(200);
}

const writeMails = (services: Partial<Services> = {}) => createSlipMailings({ ...server.services, ...services }).run();

const written = async () => {
  const mails = await Mail.query(server.db).where({ manager_id: manager.id }).orderBy('to_address');
  return mails.map(({ kind, toAddress }) => [kind, toAddress]);
};

async function send(attachmentsOf = slipAttachment(server.services), clock = () => now): Promise<void> {
  const { db, logger } = server.services;
  const transport = smtpTransport(smtp.url, 'iiPortal <portal@upravnik.example>');
  await createSender({ db, clock, random: () => 0.5, logger, transport, attachmentsOf }).sendDue();
  transport.close();
}

const received = () =>
  Promise.all(
    smtp.received.map(async ({ to, raw }) => {
      const parsed = await PostalMime.parse(raw);
      const files = parsed.attachments.map(({ filename, content }) => [filename, Buffer.from(content as ArrayBuffer)]);
      return { to: to.join(), subject: parsed.subject, text: parsed.text, html: parsed.html, files };
    }),
  );

async function confirmed(payer: Payer, given: Partial<Account> = {}) {
  const resident = await createResident(server.db, payer);
  const patch = { emailConfirmedAt: toInstant(now), ...given };
  await Account.query(server.db).findById(resident.account.id).patch(patch);
  return resident.account;
}

describe('the publication of a run', () => {
  it('answers before any mail is written, and they are written once', async () => {
    await slipFor(await payerBy('a@example.si'));
    await publish();
    expect(await written()).toEqual([]);
    expect(await SlipMailing.query(server.db).where({ manager_id: manager.id }).resultSize()).toBe(1);
    await writeMails();
    await writeMails();
    expect(await written()).toEqual([['slip-pdf', 'a@example.si']]);
    expect(await SlipMailing.query(server.db).resultSize()).toBe(0);
  });

  it('sends each payer of the channel the own slip as a PDF, and nobody else any', async () => {
    const ana = await slipFor(await payerBy('ana@example.si', { name: 'Ana Žagar', code: 'A17' }), {
      totalCents: 123_456,
    });
    const bine = await slipFor(await payerBy('bine@example.si', { name: 'Bine Šuštar', code: 'B17' }));
    for (const channel of ['none', 'bank', 'bizbox', 'imdocs'] as const) {
      await slipFor(await payerBy(`${channel}@example.si`, { channel }));
    }
    await slipFor(await payerBy(null));
    await publish();
    await writeMails();
    await send();
    const mails = await received();
    expect(mails.map(({ to }) => to).sort()).toEqual(['ana@example.si', 'bine@example.si']);
    const [first] = mails.filter(({ to }) => to === 'ana@example.si');
    expect(first?.subject).toBe(`Razdelilnik, oktober 2026: ${manager.name}`);
    for (const body of [first?.text, first?.html]) {
      for (const said of [
        'Ana Žagar',
        'A17',
        'oktober 2026',
        ana.number,
        '1.234,56',
        formatDay(dayIn(10), 'sl'),
        'skeniranjem',
      ]) {
        expect(body?.replaceAll('\u00a0', ' ')).toContain(said);
      }
    }
    for (const [to, own, other] of [
      ['ana@example.si', ana, bine],
      ['bine@example.si', bine, ana],
    ] as const) {
      const [[fileName, pdf] = [], ...more] = mails.find((mail) => mail.to === to)!.files;
      expect([fileName, more]).toEqual([`razdelilnik-2026-10-${own.number}.pdf`, []]);
      const text = pdfText(pdf as Buffer);
      expect(text).toContain(own.number);
      expect(text).not.toContain(other.number);
      expect(text).toContain(to === 'ana@example.si' ? 'Ana Žagar' : 'Bine Šuštar');
    }
    // No PDF and no text stays in the database.
    const rows = await Mail.query(server.db).where({ kind: 'slip-pdf' });
    expect(rows.map(({ state, text, html }) => [state, text, html])).toEqual([
      ['sent', '', null],
      ['sent', '', null],
    ]);
  });

  it('sends a resident one mail of a slip: the PDF, or else the notice', async () => {
    const [byMail, onPortal] = [await payerBy('zakonca@example.si'), await payerBy(null, { channel: 'none' })];
    for (const payer of [byMail, onPortal]) await slipFor(payer);
    await confirmed(byMail, { email: 'zakonca@example.si' });
    const reader = await confirmed(onPortal);
    await publish();
    await writeMails();
    expect((await written()).sort()).toEqual([['new-slip', reader.email], ['slip-pdf', 'zakonca@example.si']].sort()); // prettier-ignore
  });

  it("writes in the language of the payer's account, else in Slovene", async () => {
    const payer = await payerBy('john@example.si');
    await slipFor(payer);
    await slipFor(await payerBy('janez@example.si'), { totalCents: 0 });
    await confirmed(payer, { language: 'en' });
    await publish();
    await writeMails();
    const mails = await Mail.query(server.db).where({ kind: 'slip-pdf' }).orderBy('to_address');
    expect(mails.map(({ language, subject }) => [language, subject.split(':')[0]])).toEqual([
      ['sl', 'Razdelilnik, oktober 2026'],
      ['en', 'Slip, October 2026'],
    ]);
    expect(mails[0]?.text).toContain('ni treba plačati');
    expect(mails[0]?.text).not.toContain('skeniranjem');
  });

  it('leaves alone what was due long ago: a past year that is moved in', async () => {
    const payer = await payerBy('a@example.si');
    await slipFor(payer, { dueDate: dayIn(-32) });
    const recent = await slipFor(payer, { dueDate: dayIn(-31) });
    await publish();
    await writeMails();
    const mails = await Mail.query(server.db).where({ manager_id: manager.id });
    expect(mails.map(({ slipId }) => slipId)).toEqual([recent.id]);
  });
});

describe('the writing of the mails', () => {
  it(
    'misses none and writes none twice, by several at a time and after one has died',
    { timeout: 60_000 },
    async () => {
      const expected: string[] = [];
      for (let i = 0; i < 30; i += 1) {
        const email = `p${String(i).padStart(2, '0')}@example.si`;
        expected.push(email);
        await createSlip(server.db, await payerBy(email), { runId: run.id, dueDate: dayIn(10) });
      }
      await publish();
      const { outbox } = server.services;
      const dying: Services['outbox'] = {
        ...outbox,
        addMany: async (trx, mails) => {
          await outbox.addMany(trx, mails);
          throw new Error('the process dies here');
        },
      };
      await expect(writeMails({ outbox: dying })).rejects.toMatchObject({
        errors: [new Error('the process dies here')],
      });
      expect(await written()).toEqual([]);
      await Promise.all([writeMails(), writeMails(), writeMails()]);
      expect((await written()).map(([, to]) => to)).toEqual(expected);
    },
  );

  it('keeps no other from being written when it cannot be', async () => {
    await slipFor(await payerBy('a@example.si'));
    await publish();
    const failing = manager;
    manager = await createManager(server.db);
    run = await createRun(server.db, manager.id, { state: 'draft' });
    token = (await createStaff(server.db, manager.id, 'clerk')).token;
    await slipFor(await payerBy('b@example.si'));
    await publish();
    const { outbox } = server.services;
    const addMany: typeof outbox.addMany = async (trx, mails) => {
      const all: OutgoingMail[] = [];
      for await (const mail of mails) all.push(mail);
      if (all.some(({ managerId }) => managerId === failing.id)) throw new Error('cannot be written');
      await outbox.addMany(trx, all);
    };
    await expect(writeMails({ outbox: { ...outbox, addMany } })).rejects.toThrow(AggregateError);
    expect(await written()).toEqual([['slip-pdf', 'b@example.si']]);
    expect(await SlipMailing.query(server.db).where({ manager_id: failing.id }).resultSize()).toBe(1);
    await writeMails();
    expect(await Mail.query(server.db).where({ manager_id: failing.id }).resultSize()).toBe(1);
  });

  it('goes on where it was, batch by batch', async () => {
    const payers = [await payerBy('a@example.si'), await payerBy('b@example.si')].sort((a, b) =>
      a.id < b.id ? -1 : 1,
    );
    for (const payer of payers) await slipFor(payer);
    await publish();
    await SlipMailing.query(server.db).patch({ afterId: payers[0]!.id });
    await writeMails();
    expect((await written()).map(([, to]) => to)).toEqual([payers[1]!.email]);
  });
});

describe('a slip that goes by mail', () => {
  it('is made again, the same to the byte, when the first try failed', async () => {
    await slipFor(await payerBy('a@example.si'));
    await publish();
    await writeMails();
    const made: Buffer[] = [];
    const attach = slipAttachment(server.services);
    const watched: typeof attach = async (mail) => {
      const attachments = await attach(mail);
      made.push(...attachments.map(({ bytes }) => bytes));
      return attachments;
    };
    await smtp.close();
    await send(watched);
    expect(await Mail.query(server.db).findOne({ state: 'waiting' })).toMatchObject({ tries: 1 });
    smtp = await startSmtp();
    await send(watched, () => new Date(now.getTime() + 3_600_000));
    expect(smtp.received).toHaveLength(1);
    expect(made).toHaveLength(2);
    expect(made[0]!.equals(made[1]!)).toBe(true);
  });

  it('and cannot be made waits, is given up after two days, and keeps no other from going', async () => {
    const slips = [await slipFor(await payerBy('a@example.si')), await slipFor(await payerBy('b@example.si'))];
    await publish();
    await writeMails();
    const documents: Services['documents'] = {
      ...server.services.documents,
      slipPdf: (document) =>
        document.slip.id === slips[0]!.id
          ? Promise.reject(new ApiError('document_failed'))
          : server.services.documents.slipPdf(document),
    };
    const attach = slipAttachment({ ...server.services, documents });
    const states = async () => {
      const mails = await Mail.query(server.db).where({ kind: 'slip-pdf' }).orderBy('to_address');
      return mails.map(({ state, lastError }) => [state, lastError]);
    };
    await send(attach);
    expect(await states()).toEqual([['waiting', 'document_failed'], ['sent', null]]); // prettier-ignore
    expect(smtp.received.map(({ to }) => to)).toEqual([['b@example.si']]);
    await send(attach, () => new Date(now.getTime() + 3 * 86_400_000));
    expect(await states()).toEqual([['failed', 'document_failed'], ['sent', null]]); // prettier-ignore
  });

  it('and is gone is given up at once', async () => {
    await slipFor(await payerBy('a@example.si'));
    await publish();
    await writeMails();
    await Mail.query(server.db)
      .where({ kind: 'slip-pdf' })
      .patch({ slipId: 'ab'.repeat(16) });
    await send();
    expect(await Mail.query(server.db).findOne({ kind: 'slip-pdf' })).toMatchObject({
      ...{ state: 'failed', lastError: 'not_found' },
    });
  });

  it.each([
    ['at another address', { email: 'nov@example.si' }],
    ['by another channel', { channel: 'bank' as const }],
  ])('does not go where the payer does not want it any more: %s', async (_, change) => {
    const payer = await payerBy('a@example.si');
    await slipFor(payer);
    await publish();
    await writeMails();
    await Payer.query(server.db).findById([manager.id, payer.id]).patch(change);
    await send();
    expect(smtp.received).toEqual([]);
    expect(await Mail.query(server.db).findOne({ kind: 'slip-pdf' })).toMatchObject({
      ...{ state: 'failed', lastError: 'payer_changed' },
    });
  });

  it('waits for another try when there is no room to make it just now', async () => {
    await slipFor(await payerBy('a@example.si'));
    await publish();
    await writeMails();
    await send(() => Promise.reject(new ApiError('unavailable')));
    expect(await Mail.query(server.db).findOne({ kind: 'slip-pdf' })).toMatchObject({ state: 'waiting', tries: 1 });
    expect(smtp.received).toEqual([]);
    await send(undefined, () => new Date(now.getTime() + 3_600_000));
    expect(smtp.received).toHaveLength(1);
  });
});
