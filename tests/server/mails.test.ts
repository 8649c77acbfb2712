import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BodyInput, QueryInput } from '../../contract/endpoint.ts';
import { countFailedMails, listMails, retryMail, retryMails } from '../../contract/mails.ts';
import { newId } from '../../server/db/id.ts';
import { toInstant } from '../../server/db/time.ts';
import { forgetOldMails } from '../../server/mail/retention.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { Mail } from '../../server/models/mail.ts';
import type { Manager } from '../../server/models/manager.ts';
import {
  createManager,
  createPayer,
  createResident,
  createStaff,
  linkPayer,
  type Given,
} from '../helpers/factories.ts';
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
        payerId: null,
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

describe('a filter of mails', () => {
  beforeEach(async () => {
    const at = (hour: number) => `2026-11-20 ${String(hour).padStart(2, '0')}:00:00.000`;
    const slip = { kind: 'slip-pdf', subject: 'Razdelilnik, 50 % popusta_' } as const;
    await createMail({ ...slip, toAddress: 'ana.novak@example.si', createdAt: at(8) });
    await createMail({ ...slip, ...failed, toAddress: 'bojan@example.si', createdAt: at(9) });
    await createMail({ kind: 'welcome', ...failed, toAddress: 'ana@drugje.example', createdAt: at(10) });
  });

  it.each<[QueryInput<typeof listMails>, string[]]>([
    [{ kind: 'slip-pdf' }, ['bojan', 'ana.novak']],
    [{ kind: 'slip-pdf', state: 'failed' }, ['bojan']],
    [{ search: 'ANA' }, ['ana', 'ana.novak']],
    [{ search: 'ana drugje' }, ['ana']],
    [{ search: 'razdelilnik bojan' }, ['bojan']],
    [{ search: '50 %' }, ['bojan', 'ana.novak']],
    [{ search: 'popust_' }, []],
    [{ search: 'popusta_' }, ['bojan', 'ana.novak']],
    [{ from: '2026-11-20T09:00:00.000Z' }, ['ana', 'bojan']],
    [{ until: '2026-11-20T09:00:00.000Z' }, ['ana.novak']],
    [{ from: '2026-11-20T09:00:00.000Z', until: '2026-11-20T10:00:00.000Z', state: 'waiting' }, []],
  ])('finds by %j', async (query, expected) => {
    const { body } = await server.api(listMails, { token, query });
    expect(body.items.map(({ to }) => to.replace(/@.*/, ''))).toEqual(expected);
  });

  it('counts what can be sent again and what is too old, of what fits', async () => {
    await createMail({ ...failed, text: '' });
    const count = async (query: QueryInput<typeof countFailedMails> = {}) =>
      (await server.api(countFailedMails, { token, query })).body;
    expect(await count()).toEqual({ retryable: 2, tooOld: 1 });
    expect(await count({ kind: 'slip-pdf' })).toEqual({ retryable: 1, tooOld: 0 });
    expect(await count({ search: 'nihče' })).toEqual({ retryable: 0, tooOld: 0 });
  });
});

describe('the payer behind a mail', () => {
  it('is the one of the slip, else one of the account at this manager', async () => {
    const payer = await createPayer(server.db, manager.id);
    const slip = await createSlip(server.db, payer);
    const resident = await createResident(server.db, await createPayer(server.db, manager.id));
    await linkPayer(server.db, await createPayer(server.db, (await createManager(server.db)).id), resident.account.id);
    const own = await server.db('payer_accounts').where({ manager_id: manager.id }).first<{ payer_id: string }>();
    await createMail({ kind: 'slip-pdf', slipId: slip.id, createdAt: '2026-11-20 10:00:00.000' });
    await createMail({ accountId: resident.account.id, createdAt: '2026-11-20 09:00:00.000' });
    const { body } = await server.api(listMails, { token });
    expect(body.items.map(({ payerId }) => payerId)).toEqual([payer.id, own?.payer_id]);
  });
});

describe('trying all again', () => {
  const retryAll = async (body: BodyInput<typeof retryMails> = {}) =>
    (await server.api(retryMails, { token, body })).body.retried;

  it('takes those that fit, were given up and have their text, and writes it down', async () => {
    const mail = await createMail({ ...failed, kind: 'slip-pdf', subject: 'Razdelilnik' });
    const others = [
      await createMail(failed),
      await createMail({ ...failed, kind: 'slip-pdf', text: '' }),
      await createMail({ kind: 'slip-pdf' }),
      await createMail({ ...failed, kind: 'slip-pdf', managerId: (await createManager(server.db)).id }),
    ];
    expect(await retryAll({ kind: 'slip-pdf' })).toBe(1);
    expect(await Mail.query(server.db).findById(mail.id)).toMatchObject({ state: 'waiting', failedAt: null, tries: 0 });
    for (const other of others) expect(await Mail.query(server.db).findById(other.id)).toEqual(other);
    const entries = await AuditEntry.query(server.db).where({ chain: manager.id, action: 'mails.retried' });
    expect(entries.map(({ details }) => JSON.parse(details) as unknown)).toEqual([{ count: 1 }]);
    expect(await retryAll({ kind: 'slip-pdf' }), 'nothing is left').toBe(0);
  });

  it("sends slips to the payers' addresses of now, and other mails where they were to go", async () => {
    const payer = await createPayer(server.db, manager.id, { email: 'prava@example.si' });
    const slip = await createSlip(server.db, payer);
    await createMail({ ...failed, kind: 'slip-pdf', slipId: slip.id, toAddress: 'napacna@example.si' });
    await createMail({ ...failed, toAddress: 'ostane@example.si' });
    expect(await retryAll()).toBe(2);
    const to = (await Mail.query(server.db)).map(({ toAddress, state }) => `${toAddress} ${state}`);
    expect(to.sort()).toEqual(['ostane@example.si waiting', 'prava@example.si waiting']);
  });

  it('takes more than a thousand', async () => {
    const now = '2026-11-20 10:00:00.000';
    const rows = Array.from({ length: 1_101 }, () => {
      const id = newId();
      return {
        ...{ id, kind: 'new-slip', manager_id: manager.id, to_address: 'a@example.si', subject: 'x', text: 'y' },
        ...{ message_id: id, created_at: now, next_try_at: now, failed_at: now, state: 'failed', tries: 9 },
      };
    });
    await server.db.batchInsert('mails', rows, 50);
    expect(await retryAll()).toBe(1_101);
    expect(await Mail.query(server.db).where({ state: 'waiting' }).resultSize()).toBe(1_101);
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
