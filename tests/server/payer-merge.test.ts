import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  listPayerEvents,
  listPayers,
  listPayerSlips,
  mergePayers,
  previewMerge,
  updatePayer,
} from '../../contract/payers.ts';
import { createRegistration } from '../../contract/registrations.ts';
import { newId } from '../../server/db/id.ts';
import { toInstant } from '../../server/db/time.ts';
import { createLogger } from '../../server/logger.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { ChannelChange } from '../../server/models/channel-change.ts';
import { EInvoiceRequest } from '../../server/models/e-invoice-request.ts';
import { Import } from '../../server/models/import.ts';
import { Mail } from '../../server/models/mail.ts';
import type { Payer } from '../../server/models/payer.ts';
import { PayerAccount } from '../../server/models/payer-account.ts';
import { PrintRun } from '../../server/models/print-run.ts';
import { SlipPassword } from '../../server/models/slip-password.ts';
import { SlipMailing } from '../../server/models/slip-mailing.ts';
import { createSlipMailings } from '../../server/modules/notifications/slip-mailings.ts';
import {
  createAccount,
  createManager,
  createPayer,
  createSlipPassword,
  createStaff,
  linkPayer,
} from '../helpers/factories.ts';
import { createFoundPayer, createSlipOf, createUnitIn } from '../helpers/payer-list.ts';
import { password } from '../helpers/planted.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createRun, createSlip } from '../helpers/slip-factories.ts';

let server: TestServer;
let managerId: string;
let token: string;
let from: Payer;
let into: Payer;
const failures: string[] = [];

beforeAll(async () => {
  server = await startTestServer({ logger: createLogger('error', { write: (line) => void failures.push(line) }) });
});

afterAll(() => server.close());

beforeEach(async () => {
  failures.length = 0;
  await server.db('rate_limits').del();
  managerId = (await createManager(server.db)).id;
  token = (await createStaff(server.db, managerId, 'clerk')).token;
  from = await createFoundPayer(server.db, managerId, { code: '101', name: 'Čehovin Žan' });
  into = await createFoundPayer(server.db, managerId, { code: '102', name: 'Čehovin Žan' });
});

const merge = (one = from, other = into) =>
  server.api(mergePayers, { token, params: { id: one.id }, body: { intoId: other.id } });

const holderOf = async ({ id }: Payer) =>
  (await PayerAccount.query(server.db).findById([managerId, id]))?.accountId ?? null;

const payersThere = () => server.db('payers').where('manager_id', managerId).orderBy('code').pluck('code');

describe('merging two payers', () => {
  it('moves slips of both kinds, also of the same period, and the units with them', async () => {
    const { db } = server;
    const units = [
      await createUnitIn(db, managerId, 'Žabja ulica 1', { name: '1' }),
      await createUnitIn(db, managerId, 'Žabja ulica 1', { name: '2' }),
    ];
    const draft = await createRun(db, managerId, { state: 'draft', period: '2026-10' });
    await createSlipOf(db, from, [units[0]!], { period: '2026-10' });
    await createSlipOf(db, from, [units[1]!], { period: '2026-10', runId: draft.id });
    await createSlipOf(db, into, [units[1]!], { period: '2026-10' });
    const preview = await server.api(previewMerge, { token, params: { id: from.id }, body: { intoId: into.id } });
    expect(preview.body).toEqual({ slips: 2, movesAccount: false, slipPasswords: 0, requests: 0 });
    const { status, body } = await merge();
    expect([status, body.code, body.units]).toEqual([200, '102', ['Žabja ulica 1, 1', 'Žabja ulica 1, 2']]);
    expect(await payersThere()).toEqual(['102']);
    const { items } = (await server.api(listPayerSlips, { token, params: { id: into.id } })).body;
    expect(items.map(({ state }) => state).sort()).toEqual(['draft', 'published', 'published']);
    const found = await server.api(listPayers, { token, query: { search: 'zabja 1' } });
    expect(found.body.items.map(({ code }) => code)).toEqual(['102']);
  });

  it('moves the account of the one that goes, and voids what could open a registration', async () => {
    const account = await createAccount(server.db);
    await linkPayer(server.db, from, account.id);
    await createSlipPassword(server.services, from);
    await createSlipPassword(server.services, into);
    const preview = await server.api(previewMerge, { token, params: { id: from.id }, body: { intoId: into.id } });
    expect(preview.body).toEqual({ slips: 0, movesAccount: true, slipPasswords: 1, requests: 0 });
    expect((await merge()).body).toMatchObject({ access: 'registered', account: { email: account.email } });
    expect(await holderOf(into)).toBe(account.id);
    const left = await SlipPassword.query(server.db).where('manager_id', managerId);
    expect(left.map(({ payerId, revokedAt }) => [payerId, revokedAt !== null])).toEqual([
      [into.id, true],
      [into.id, true],
    ]);
  });

  it('keeps one link where one person holds both, and a good slip password of the one that stays', async () => {
    const account = await createAccount(server.db);
    await linkPayer(server.db, from, account.id);
    await linkPayer(server.db, into, account.id);
    expect((await merge()).status).toBe(200);
    expect(await PayerAccount.query(server.db).where('account_id', account.id)).toMatchObject([{ payerId: into.id }]);
    const third = await createPayer(server.db, managerId);
    const fourth = await createPayer(server.db, managerId);
    await createSlipPassword(server.services, fourth, { issuedAt: '2026-01-01 00:00:00.000' });
    await createSlipPassword(server.services, third);
    const { body } = await merge(third, fourth);
    expect(body).toMatchObject({ access: 'issued', slipPassword: { issuedAt: '2026-01-01T00:00:00.000Z', revokedAt: null } }); // prettier-ignore
  });

  it('is refused for two people, for one and the same payer, and for what is not there', async () => {
    await linkPayer(server.db, from, (await createAccount(server.db)).id);
    await linkPayer(server.db, into, (await createAccount(server.db)).id);
    expect((await merge()).problem.code).toBe('merge_refused');
    expect((await merge(from, from)).problem.code).toBe('merge_refused');
    const elsewhere = await createPayer(server.db, (await createManager(server.db)).id);
    expect((await merge(from, elsewhere)).problem.code).toBe('not_found');
    expect((await merge(elsewhere, into)).problem.code).toBe('not_found');
    const preview = await server.api(previewMerge, { token, params: { id: from.id }, body: { intoId: into.id } });
    expect(preview.problem.code).toBe('merge_refused');
    expect(await payersThere()).toEqual(['101', '102']);
  });

  it('moves requests and channel history; of two open requests that of the one that stays counts', async () => {
    const { db } = server;
    const now = toInstant(new Date());
    for (const { id: payerId } of [from, into]) {
      const request = { channel: 'bizbox', taxNumber: '12345679', state: 'open', isOpen: 1, createdAt: now } as const;
      await EInvoiceRequest.query(db).insert({ managerId, id: newId(), payerId, ...request });
    }
    const step = { channel: 'bank', origin: 'office', changedAt: now } as const;
    await ChannelChange.query(db).insert({ managerId, id: newId(), payerId: from.id, ...step });
    const selection = JSON.stringify({ runId: newId(), payerIds: [from.id] });
    await PrintRun.query(db).insert({
      ...{ managerId, id: newId(), runId: newId(), period: '2026-10', form: 'pdf', slipPasswords: false, selection },
      ...{ state: 'done', slips: 1, slipsDone: 1, createdAt: now, heartbeatAt: now, finishedAt: now },
    });
    expect((await merge()).status).toBe(200);
    const requests = await EInvoiceRequest.query(db).where('manager_id', managerId);
    expect(requests.map(({ payerId, state }) => [payerId, state]).sort()).toEqual([
      [into.id, 'open'],
      [into.id, 'withdrawn'],
    ]);
    expect(await ChannelChange.query(db).where('manager_id', managerId)).toMatchObject([{ payerId: into.id }]);
    const [printed] = await PrintRun.query(db).where('manager_id', managerId);
    expect(JSON.parse(printed!.selection)).toMatchObject({ payerIds: [into.id] });
  });

  it('is kept in the trail, and what happened to the one that is gone is told of the other', async () => {
    const params = { id: from.id };
    expect((await server.api(updatePayer, { token, params, body: { name: 'Čehovin Ž.' } })).status).toBe(200);
    await merge();
    const [deed] = await AuditEntry.query(server.db).where({ chain: managerId, action: 'payer.merged' });
    expect(deed).toMatchObject({ subjectKind: 'payer', subjectId: into.id });
    expect(JSON.parse(deed!.details)).toEqual({ removedId: from.id, removed: '101', slips: 0, movesAccount: false });
    const events = await server.api(listPayerEvents, { token, params: { id: into.id } });
    expect(events.body.items.map(({ action }) => action)).toEqual(['payer.merged', 'payer.changed']);
    const third = await createPayer(server.db, managerId);
    await merge(into, third);
    const all = await server.api(listPayerEvents, { token, params: { id: third.id } });
    expect(all.body.items.map(({ action }) => action)).toEqual(['payer.merged', 'payer.merged', 'payer.changed']);
  });

  it('waits for an import that is being written, and outdates previews', async () => {
    const { importId } = await createRun(server.db, managerId, { state: 'draft' });
    await Import.query(server.db).findById([managerId, importId]).patch({ state: 'writing' });
    expect((await merge()).problem.code).toBe('import_running');
    await Import.query(server.db).findById([managerId, importId]).patch({ state: 'draft' });
    const version = (): Promise<unknown> => server.db('managers').where({ id: managerId }).first('billing_version');
    const before: unknown = await version();
    expect((await merge()).status).toBe(200);
    expect(await version()).not.toEqual(before);
  });

  it('in the middle of a mailing loses no mail and sends none twice', async () => {
    const { db, services } = server;
    const [low, high] = [from, into].sort((one, other) => (one.id < other.id ? -1 : 1)) as [Payer, Payer];
    const other = await createPayer(db, managerId, { channel: 'email', email: 'a@example.si', id: 'f'.repeat(32) });
    for (const payer of [low, high]) await db('payers').where({ id: payer.id }).update({ email: 'zan@example.si' });
    const now = toInstant(new Date());
    const due = new Date(Date.now() + 864e5).toISOString().slice(0, 10);
    const run = await createRun(db, managerId, { publishedAt: now });
    for (const payer of [low, high, other]) await createSlip(db, payer, { runId: run.id, dueDate: due });
    const { importId } = run;
    const mailing = { managerId, importId, createdAt: now, kind: 'slip-pdf', afterId: '' } as const;
    await SlipMailing.query(db).insert(mailing);
    await createSlipMailings(services).run();
    // As if the process had stopped after the first two, and these are merged now, each way.
    await Mail.query(db).delete().where({ manager_id: managerId, to_address: 'a@example.si' });
    await SlipMailing.query(db).insert({ ...mailing, afterId: high.id });
    expect((await merge(high, low)).status).toBe(200);
    await createSlipMailings(services).run();
    const mails = await Mail.query(db).where({ manager_id: managerId, kind: 'slip-pdf' });
    expect(mails.map(({ toAddress }) => toAddress).sort()).toEqual(['a@example.si', 'zan@example.si', 'zan@example.si']); // prettier-ignore
    expect(await SlipMailing.query(db).where('manager_id', managerId)).toEqual([]);
  });
});

describe('a merge at the same moment', () => {
  const rounds = [0, 1, 2, 3, 4, 5];

  it('as a registration with the slip password of the one that goes: one of the two comes first', async () => {
    for (const round of rounds) {
      const [one, other] = [await createPayer(server.db, managerId), await createPayer(server.db, managerId)];
      const slipPassword = await createSlipPassword(server.services, one);
      const email = `oseba-${newId()}@example.si`;
      const body = {
        ...{ managerId, payerCode: one.code, slipPassword, firstName: 'Ana', lastName: 'Kos', email, password },
        ...{ language: 'sl' as const, humanCheck: 'x' },
      };
      const merging = async () => {
        await new Promise((resolve) => setTimeout(resolve, round * 40));
        return merge(one, other);
      };
      const [registered, merged] = await Promise.all([server.api(createRegistration, { body }), merging()]);
      expect(merged.status).toBe(200);
      expect([201, 204, 422]).toContain(registered.status);
      if (registered.status === 422) expect(registered.problem.code).toBe('slip_password_rejected');
      expect((await holderOf(other)) !== null).toBe(registered.status !== 422);
    }
    expect(failures).toEqual([]);
  });

  it('as the same merge, and as one the other way round: one payer is left with all of it', async () => {
    for (const [one, other] of [
      [into, from],
      [from, into],
    ] as const) {
      const [left, right] = [await createPayer(server.db, managerId), await createPayer(server.db, managerId)];
      await createSlip(server.db, left);
      await createSlip(server.db, right);
      const second = one === into ? merge(right, left) : merge(left, right);
      const answers = await Promise.all([merge(left, right), second]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
      const owners = (await server.db('slips').where('manager_id', managerId).whereIn('payer_id', [left.id, right.id]).pluck('payer_id')) as string[]; // prettier-ignore
      expect([owners.length, new Set(owners).size]).toEqual([2, 1]);
      expect(other.managerId).toBe(managerId);
    }
    expect(failures).toEqual([]);
  });
});
