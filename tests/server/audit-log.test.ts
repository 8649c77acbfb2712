import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditActions, type AuditAction } from '../../contract/audit-actions.ts';
import { actionsOf, auditTopics, exportAudit, listAudit, type AuditEntry } from '../../contract/audit.ts';
import type { QueryInput } from '../../contract/endpoint.ts';
import type { AuditDeed } from '../../server/audit/audit.ts';
import { createAudit } from '../../server/audit/audit.ts';
import { Account } from '../../server/models/account.ts';
import { StaffRole } from '../../server/models/staff-role.ts';
import { trailOf } from '../helpers/audit.ts';
import { createAccount, createManager, createPayer, createResident, createStaff } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createRun } from '../helpers/slip-factories.ts';

let server: TestServer;
let managerId: string;
let admin: Awaited<ReturnType<typeof createStaff>>;
let now: Date;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  managerId = (await createManager(server.db)).id;
  admin = await createStaff(server.db, managerId, 'admin');
  now = new Date('2026-11-01T08:00:00.000Z');
});

/** Writes deeds down, a minute after another unless the clock is set. */
async function record(...deeds: (Partial<AuditDeed> & { action: AuditAction })[]): Promise<void> {
  const audit = createAudit({ clock: () => now, key: server.services.keys.audit });
  for (const deed of deeds) {
    await server.db.transaction((trx) => audit.record(trx, { managerId, ...deed }));
    now = new Date(now.getTime() + 60_000);
  }
}

type Filter = QueryInput<typeof listAudit>;

const list = async (query: Filter = {}) => (await server.api(listAudit, { token: admin.token, query })).body;
const numbers = ({ items }: { items: AuditEntry[] }): string[] => items.map(({ id }) => id);

async function numbersOfAllPages(query: Filter, limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list({ ...query, limit, ...(cursor ? { cursor } : {}) });
    pages.push(numbers(page));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return pages;
}

describe('the audit log', () => {
  it('shows what happened, newest first, with who did it to whom', async () => {
    const payer = await createPayer(server.db, managerId, { code: '7001', name: 'Živa Čebašek' });
    const run = await createRun(server.db, managerId, { period: '2026-10' });
    await record(
      {
        ...{ action: 'payer.released', actorId: admin.account.id, address: '192.0.2.7' },
        ...{ subject: { kind: 'payer', id: payer.id }, details: { accountDeleted: false } },
      },
      { action: 'run.published', subject: { kind: 'run', id: run.id }, details: { period: '2026-10' } },
    );
    expect(await list()).toEqual({
      items: [
        {
          ...{ id: '2', at: '2026-11-01T08:01:00.000Z', action: 'run.published', address: null },
          ...{ actor: { kind: 'server', name: null, email: null }, details: { period: '2026-10' } },
          subject: { kind: 'run', id: run.id, name: '2026-10' },
        },
        {
          ...{ id: '1', at: '2026-11-01T08:00:00.000Z', action: 'payer.released', address: '192.0.2.7' },
          actor: { kind: 'staff', name: 'Živa Čebašek', email: admin.account.email },
          subject: { kind: 'payer', id: payer.id, name: '7001 Živa Čebašek' },
          details: { accountDeleted: false },
        },
      ],
      nextCursor: null,
    });
  });

  it('tells staff, other persons, programs, strangers and the server apart', async () => {
    const resident = await createResident(server.db, await createPayer(server.db, managerId));
    const gone = await createAccount(server.db);
    const left = await createStaff(server.db, managerId, 'clerk');
    await record(
      { action: 'e_invoice.requested', actorId: resident.account.id, address: '192.0.2.1' },
      { action: 'payer.unlinked', actorId: gone.id, address: '192.0.2.1' },
      { action: 'import.started', actorId: left.account.id, address: '192.0.2.1' },
      { action: 'import.started', actorId: null, address: '192.0.2.1', details: { apiKey: 'Knjigovodstvo' } },
      { action: 'registration.refused', actorId: null, address: '192.0.2.1' },
      { action: 'staff.joined', actorId: null, address: null },
    );
    await Account.query(server.db).deleteById(gone.id);
    await StaffRole.query(server.db).deleteById([managerId, left.account.id]);
    const actors = (await list()).items.reverse().map(({ actor }) => actor);
    expect(actors).toEqual([
      { kind: 'person', name: 'Živa Čebašek', email: null },
      { kind: 'person', name: null, email: null },
      { kind: 'person', name: 'Živa Čebašek', email: null },
      { kind: 'program', name: 'Knjigovodstvo', email: null },
      { kind: 'nobody', name: null, email: null },
      { kind: 'server', name: null, email: null },
    ]);
  });

  it('names nothing that is gone, or another manager has', async () => {
    const foreign = await createPayer(server.db, (await createManager(server.db)).id);
    await record(
      { action: 'payer.released', subject: { kind: 'payer', id: foreign.id } },
      { action: 'registration.refused', subject: { kind: 'payer code', id: '7001' } },
    );
    expect((await list()).items.map(({ subject }) => subject)).toEqual([
      { kind: 'payer code', id: '7001', name: null },
      { kind: 'payer', id: foreign.id, name: null },
    ]);
  });

  it("is the manager's own, for admins alone", async () => {
    await record({ action: 'run.published' });
    const other = await createStaff(server.db, (await createManager(server.db)).id, 'admin');
    expect((await server.api(listAudit, { token: other.token })).body.items).toEqual([]);
    const clerk = await createStaff(server.db, managerId, 'clerk');
    for (const token of [clerk.token, other.token]) {
      expect((await server.api(listAudit, { token, query: { managerId } })).problem.code).toBe('forbidden');
    }
  });
});

describe('the pages of the log', () => {
  it('go on without a gap or a double, also among entries of one moment and after the clock was put back', async () => {
    await record({ action: 'run.published' }, { action: 'mail.retried' });
    now = new Date('2026-11-01T08:00:00.000Z');
    await record({ action: 'run.published' }, { action: 'import.started' });
    expect(await numbersOfAllPages({}, 1)).toEqual([['4'], ['2'], ['3'], ['1']]);
    expect(await numbersOfAllPages({ what: 'runs' }, 2)).toEqual([['4', '3'], ['1']]);
  });

  it('are no place for cursors of somebody else', async () => {
    for (const cursor of ['x', Buffer.from('["2026","1"]').toString('base64url')]) {
      const { problem } = await server.api(listAudit, { token: admin.token, query: { cursor } });
      expect([problem.code, problem.fields]).toEqual(['invalid_request', [{ path: 'cursor', rule: 'cursor' }]]);
    }
  });
});

describe('a filter of the log', () => {
  let clerk: Awaited<ReturnType<typeof createStaff>>;
  let payerId: string;

  beforeEach(async () => {
    clerk = await createStaff(server.db, managerId, 'clerk');
    payerId = (await createPayer(server.db, managerId)).id;
    const ofPayer = { kind: 'payer', id: payerId };
    await record(
      { action: 'import.started', actorId: clerk.account.id },
      { action: 'run.published', actorId: admin.account.id },
      { action: 'payer.released', actorId: clerk.account.id, subject: ofPayer },
      { action: 'limits.lifted', actorId: admin.account.id, subject: ofPayer },
      { action: 'run.published', actorId: clerk.account.id },
      // Another thing with the same id is not the payer.
      { action: 'mail.retried', actorId: admin.account.id, subject: { kind: 'mail', id: payerId } },
    );
  });

  const minute = (count: number): string => new Date(Date.UTC(2026, 10, 1, 8, count)).toISOString();

  it.each<[string, () => Filter, string[]]>([
    ['one action', () => ({ what: 'run.published' }), ['5', '2']],
    ['a topic', () => ({ what: 'runs' }), ['5', '2', '1']],
    ['an action that never was', () => ({ what: 'account.disabled' }), []],
    ['a person', () => ({ actorId: clerk.account.id }), ['5', '3', '1']],
    ['a topic of a person', () => ({ actorId: clerk.account.id, what: 'runs' }), ['5', '1']],
    ['a payer', () => ({ payerId }), ['4', '3']],
    ['a payer and a person', () => ({ payerId, actorId: admin.account.id }), ['4']],
    ['an action on a payer', () => ({ payerId, what: 'payers' }), ['3']],
    ['from a moment', () => ({ from: minute(3) }), ['6', '5', '4']],
    ['until a moment', () => ({ until: minute(1) }), ['1']],
    ['a topic between two moments', () => ({ what: 'runs', from: minute(1), until: minute(4) }), ['2']],
    ['a person between two moments', () => ({ actorId: clerk.account.id, from: minute(1), until: minute(3) }), ['3']],
  ])('shows %s', async (_, filter, expected) => {
    expect(numbers(await list(filter()))).toEqual(expected);
    expect((await numbersOfAllPages(filter(), 1)).flat()).toEqual(expected);
  });

  it.each([{ what: 'everything' }, { from: '2026-11-01' }, { actorId: "' or 1=1" }, { payerId: '%' }])(
    'is refused as %j',
    async (query) => {
      const { status, problem } = await server.api(listAudit, { token: admin.token, query: query as Filter });
      expect([status, problem.fields?.[0]?.path]).toEqual([400, Object.keys(query)[0]]);
    },
  );
});

describe('the topics of the log', () => {
  it('hold every action once', () => {
    const held = auditTopics.flatMap((topic) => actionsOf(topic));
    expect(held.sort()).toEqual([...auditActions].sort());
  });
});

describe('the export of the log', () => {
  const download = (query: QueryInput<typeof exportAudit> = {}) =>
    server.api(exportAudit, { token: admin.token, query });
  const linesOf = (bytes: Buffer) => bytes.toString('utf8').trimEnd().split('\r\n');

  it('is a file for spreadsheets of what fits, in which no text is a formula', async () => {
    const payer = await createPayer(server.db, managerId, { code: '7001', name: '=HYPERLINK("http://zlo"); drugi' });
    await record(
      { action: 'run.published' },
      {
        ...{ action: 'payer.released', actorId: admin.account.id, address: '192.0.2.7' },
        ...{ subject: { kind: 'payer', id: payer.id }, details: { reason: '+ena', count: -1, gone: true } },
      },
      { action: 'registration.refused', subject: { kind: 'payer code', id: '=1+1' }, address: '192.0.2.7' },
    );
    const { status, headers, bytes } = await download({ what: 'payers' });
    expect([status, headers.get('Content-Type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(headers.get('Content-Disposition')).toMatch(/^attachment; filename="dnevnik-\d{4}-\d\d-\d\d\.csv"$/);
    expect(linesOf(bytes)).toEqual([
      '\ufeffstevilka;cas_utc;dejanje;kdo_vrsta;kdo;kdo_e_naslov;omrezni_naslov;predmet_vrsta;predmet_id;predmet;podrobnosti',
      "3;2026-11-01T08:02:00.000Z;registration.refused;nobody;;;192.0.2.7;payer code;'=1+1;;",
      `2;2026-11-01T08:01:00.000Z;payer.released;staff;Živa Čebašek;${admin.account.email};192.0.2.7;payer;${payer.id};"7001 =HYPERLINK(""http://zlo""); drugi";reason=+ena, count=-1, gone=true`,
    ]);
  });

  it('is a deed, which says what was asked for', async () => {
    await record({ action: 'run.published' });
    await download({ what: 'runs', from: '2026-11-01T00:00:00.000Z' });
    const last = (await trailOf(server.services, managerId)).at(-1);
    expect(last).toMatchObject({ action: 'audit.exported', actorId: admin.account.id });
    expect(JSON.parse(last?.details ?? '')).toEqual({ what: 'runs', from: '2026-11-01T00:00:00.000Z' });
  });

  it('holds more than fits into memory at once', async () => {
    await record(...Array.from({ length: 3 }, () => ({ action: 'run.published' }) as const));
    const hash = 'ab'.repeat(32);
    const rows = Array.from({ length: 2_200 }, (_, index) => ({
      ...{
        chain: managerId,
        seq: index + 4,
        at: '2026-10-01 00:00:00.000',
        action: 'mail.retried',
        details: '{}',
        hash,
      },
    }));
    await server.db.batchInsert('audit_entries', rows, 100);
    await server.db('audit_heads').where({ chain: managerId }).update({ seq: 2_203 });
    const lines = linesOf((await download({ until: '2026-11-01T12:00:00.000Z' })).bytes).slice(1);
    expect(lines).toHaveLength(2_203);
    expect(new Set(lines.map((line) => line.split(';')[0])).size).toBe(2_203);
  });
});
