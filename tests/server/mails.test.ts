import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listMails, retryMail } from '../../contract/mails.ts';
import { newId } from '../../server/db/id.ts';
import { toInstant } from '../../server/db/time.ts';
import { forgetOldMails } from '../../server/mail/retention.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { Mail } from '../../server/models/mail.ts';
import type { Manager } from '../../server/models/manager.ts';
import { createManager, createPayer, createStaff, type Given } from '../helpers/factories.ts';
import { createSlip } from '../helpers/slip-factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const day = 86_400_000;

let server: TestServer;
let manager: Manager;
let token: string;

beforeEach(async () => {
  server = await startTestServer();
  manager = await createManager(server.db);
  token = (await createStaff(server.db, manager.id, 'clerk')).token;
});

afterEach(() => server.close());

async function createMail(given: Given<Mail> = {}): Promise<Mail> {
  const id = newId();
  const now = toInstant(new Date());
  return Mail.query(server.db).insertAndFetch({
    id,
    kind: 'welcome',
    language: 'sl',
    managerId: manager.id,
    toAddress: 'ziva@example.si',
    subject: 'Dobrodošli',
    text: 'Koda: 123456',
    html: '<p>Koda: 123456</p>',
    messageId: `<${id}@portal.example>`,
    createdAt: now,
    nextTryAt: now,
    ...given,
  });
}

const failed = {
  state: 'failed',
  failedAt: '2026-11-20 10:00:00.000',
  tries: 3,
  lastError: '550 no such user',
} as const;

const idsOf = async (query: Parameters<typeof server.api<typeof listMails>>[1]) =>
  (await server.api(listMails, { token, ...query })).body.items.map(({ id }) => id);

describe('the list of mails', () => {
  it('shows how each stands, and never what it says', async () => {
    await createMail(failed);
    const { status, body, bytes } = await server.api(listMails, { token });
    expect(status).toBe(200);
    expect(body.items).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        kind: 'welcome',
        state: 'failed',
        to: 'ziva@example.si',
        subject: 'Dobrodošli',
        createdAt: expect.stringMatching(/Z$/) as string,
        sentAt: null,
        failedAt: '2026-11-20T10:00:00.000Z',
        tries: 3,
        lastError: '550 no such user',
      },
    ]);
    expect(bytes.toString()).not.toContain('123456');
  });

  it("holds the manager's alone", async () => {
    const own = await createMail();
    await createMail({ managerId: (await createManager(server.db)).id });
    await createMail({ managerId: null });
    expect(await idsOf({})).toEqual([own.id]);
  });

  it.each(['waiting', 'sent', 'failed'] as const)('can be of those alone that are %s', async (state) => {
    await createMail();
    await createMail(failed);
    await createMail({ state: 'sent', sentAt: '2026-11-20 10:00:00.000', text: '', html: null });
    const { body } = await server.api(listMails, { token, query: { state } });
    expect(body.items.map((mail) => mail.state)).toEqual([state]);
  });

  it('goes on page by page, also among mails of one moment', async () => {
    const moments = ['2026-11-20 10:00:00.000', '2026-11-21 10:00:00.000', '2026-11-22 10:00:00.000'];
    const ids: string[] = [];
    for (const createdAt of moments) for (let i = 0; i < 3; i += 1) ids.push((await createMail({ createdAt })).id);
    const pages: string[][] = [];
    let cursor: string | null | undefined;
    do {
      const query = { limit: 2, ...(cursor ? { cursor } : {}) };
      const { body } = await server.api(listMails, { token, query });
      pages.push(body.items.map(({ id }) => id));
      cursor = body.nextCursor;
    } while (cursor);
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 2, 2, 1]);
    const groups = [ids.slice(6), ids.slice(3, 6), ids.slice(0, 3)];
    expect(pages.flat()).toEqual(groups.flatMap((group) => group.sort().reverse()));
  });
});

describe('trying again', () => {
  const retry = (id: string) => server.api(retryMail, { token, params: { id } });

  it('makes a mail that failed wait, due now, and is in the audit trail', async () => {
    const mail = await createMail({ ...failed, nextTryAt: '2036-01-01 00:00:00.000' });
    const { status, body } = await retry(mail.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: mail.id, state: 'waiting', failedAt: null, tries: 0 });
    const row = await Mail.query(server.db).findById(mail.id).throwIfNotFound();
    expect(row).toMatchObject({ state: 'waiting', messageId: mail.messageId, text: mail.text, tries: 0 });
    expect(row.nextTryAt <= toInstant(new Date())).toBe(true);
    const entry = await AuditEntry.query(server.db).findOne({ action: 'mail.retried' }).throwIfNotFound();
    expect(entry).toMatchObject({ chain: manager.id, subjectKind: 'mail', subjectId: mail.id });
    expect(entry.actorId).not.toBeNull();
    expect(JSON.stringify(entry)).not.toContain('ziva@example.si');
  });

  it.each([
    ['waits', {}],
    ['was sent', { state: 'sent', sentAt: '2026-11-20 10:00:00.000', text: '' }],
    ['failed so long ago that its text is gone', { ...failed, text: '' }],
  ] as const)('is refused for a mail that %s', async (_, given) => {
    const mail = await createMail(given);
    const { status, problem } = await retry(mail.id);
    expect([status, problem.code]).toEqual([409, 'mail_state']);
    expect(await Mail.query(server.db).findById(mail.id)).toEqual(mail);
    expect(await AuditEntry.query(server.db).where({ action: 'mail.retried' }).resultSize()).toBe(0);
  });

  it("sends a slip to the payer's address of now, which somebody may have corrected", async () => {
    const payer = await createPayer(server.db, manager.id, { email: 'prava@example.si' });
    const slip = await createSlip(server.db, payer);
    const mail = await createMail({ ...failed, kind: 'slip-pdf', slipId: slip.id, toAddress: 'napacna@example.si' });
    expect((await retry(mail.id)).body.to).toBe('prava@example.si');
    expect((await Mail.query(server.db).findById(mail.id))?.toAddress).toBe('prava@example.si');
  });

  it('happens once when two ask at the same moment', async () => {
    const mail = await createMail(failed);
    const answers = await Promise.all([retry(mail.id), retry(mail.id), retry(mail.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect(await AuditEntry.query(server.db).where({ action: 'mail.retried' }).resultSize()).toBe(1);
  });

  it("does not find another manager's mail, or one of no manager", async () => {
    for (const managerId of [(await createManager(server.db)).id, null]) {
      const { status, problem } = await retry((await createMail({ ...failed, managerId })).id);
      expect([status, problem.code]).toEqual([404, 'not_found']);
    }
  });
});

describe('forgetting', () => {
  const now = new Date();
  const ago = (days: number) => toInstant(new Date(now.getTime() - days * day));

  it('erases the text of what failed 30 days ago, and nothing else', async () => {
    const old = await createMail({ ...failed, createdAt: ago(31) });
    const young = await createMail({ ...failed, createdAt: ago(29) });
    const waiting = await createMail({ createdAt: ago(31) });
    await forgetOldMails(server.db, now);
    expect(await Mail.query(server.db).findById(old.id)).toEqual({ ...old, text: '', html: null });
    expect(await Mail.query(server.db).findById(young.id)).toEqual(young);
    expect(await Mail.query(server.db).findById(waiting.id)).toEqual(waiting);
  });

  it('deletes after 90 days what was sent or failed, never what waits', async () => {
    const sent = { state: 'sent', sentAt: ago(89), text: '' } as const;
    const kept = [await createMail({ ...sent, createdAt: ago(89) }), await createMail({ createdAt: ago(91) })];
    await createMail({ ...sent, createdAt: ago(91) });
    await createMail({ ...failed, createdAt: ago(91) });
    await forgetOldMails(server.db, now);
    const left = await Mail.query(server.db).select('id');
    expect(left.map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort());
  });
});
