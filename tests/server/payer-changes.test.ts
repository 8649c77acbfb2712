import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setPayerChannel } from '../../contract/e-invoices.ts';
import {
  exportPayers,
  getPayer,
  listPayerEvents,
  listPayerMails,
  listPayers,
  listPayerSlips,
  revokeSlipPassword,
  updatePayer,
} from '../../contract/payers.ts';
import { newId } from '../../server/db/id.ts';
import { toInstant } from '../../server/db/time.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { Mail } from '../../server/models/mail.ts';
import type { Payer } from '../../server/models/payer.ts';
import { record } from '../helpers/audit.ts';
import { createAccount, createManager, createPayer, createSlipPassword, createStaff, linkPayer, type Given } from '../helpers/factories.ts'; // prettier-ignore
import { createFoundPayer, createSlipOf, createUnitIn } from '../helpers/payer-list.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createRun, createSlip } from '../helpers/slip-factories.ts';

let server: TestServer;
let managerId: string;
let token: string;
let admin: string;
let payer: Payer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  managerId = (await createManager(server.db)).id;
  token = (await createStaff(server.db, managerId, 'clerk')).token;
  admin = (await createStaff(server.db, managerId, 'admin')).token;
  const given = { code: '101', name: 'Kos Ana', channel: 'email', email: 'ana@example.si', taxNumber: '12345679' } as const; // prettier-ignore
  payer = await createFoundPayer(server.db, managerId, given);
});

const update = (body: object) => server.api(updatePayer, { token, params: { id: payer.id }, body });
const detailsOf = async (action: string): Promise<unknown[]> =>
  (await AuditEntry.query(server.db).where({ chain: managerId, action })).map(
    ({ details }) => JSON.parse(details) as unknown,
  );

describe('PATCH /office/payers/{id}', () => {
  it('corrects what is given and leaves the rest; the search finds the new and not the old', async () => {
    const { status, body } = await update({ name: 'Šuštar  Ana ', town: '2000 Maribor' });
    expect([status, body.name, body.town, body.street]).toEqual([200, 'Šuštar Ana', '2000 Maribor', payer.street]);
    const found = async (search: string) => (await server.api(listPayers, { token, query: { search } })).body.total;
    expect([await found('sustar'), await found('kos')]).toEqual([1, 0]);
    expect(await detailsOf('payer.changed')).toEqual([{ fields: 'name, town' }]);
  });

  it('leaves no trace where nothing is new', async () => {
    expect((await update({ name: 'Kos Ana', taxNumber: '12345679' })).status).toBe(200);
    expect((await update({})).status).toBe(200);
    expect(await detailsOf('payer.changed')).toEqual([]);
  });

  it.each([
    [{ name: '' }, 'name', 'required'],
    [{ name: 'x'.repeat(201) }, 'name', 'too_long'],
    [{ email: 'brez-afne' }, 'email', 'email'],
    [{ taxNumber: '123' }, 'taxNumber', 'tax_number'],
    [{ code: '102' }, '', 'unrecognized_keys'],
    [{ email: null }, 'email', 'required'],
  ])('refuses %j', async (body, path, rule) => {
    const { problem } = await update(body);
    expect(problem).toMatchObject({ code: 'invalid_request', fields: [{ path, rule }] });
    expect(await detailsOf('payer.changed')).toEqual([]);
  });

  it('lets the address go where the channel needs none', async () => {
    await server.api(setPayerChannel, { token, params: { id: payer.id }, body: { channel: 'none' } });
    expect((await update({ email: null, taxNumber: null })).body).toMatchObject({ email: null, taxNumber: null });
  });

  it('tells who holds the payer where bills go from now on', async () => {
    const account = await createAccount(server.db, { emailConfirmedAt: toInstant(new Date()) });
    await linkPayer(server.db, payer, account.id);
    await update({ name: 'Kos Anamarija' });
    expect(await Mail.query(server.db).where('account_id', account.id)).toEqual([]);
    await update({ email: 'nova@example.si' });
    const mails = await Mail.query(server.db).where('account_id', account.id);
    expect(mails).toMatchObject([{ kind: 'e-invoice-changed', toAddress: account.email }]);
    expect(mails[0]?.text).toContain('nova@example.si');
  });
});

describe('POST /office/payers/{id}/slip-password-revocation', () => {
  const revoke = (by: string) => server.api(revokeSlipPassword, { token: by, params: { id: payer.id } });

  it('voids what the payer has, once, and is for admins', async () => {
    await createSlipPassword(server.services, payer);
    expect((await revoke(token)).problem.code).toBe('forbidden');
    expect((await revoke(admin)).status).toBe(204);
    const { body } = await server.api(getPayer, { token, params: { id: payer.id } });
    expect(body.access).toBe('none');
    expect(body.slipPassword?.revokedAt).toEqual(expect.any(String));
    expect((await revoke(admin)).status).toBe(204);
    expect(await detailsOf('slip_passwords.revoked')).toEqual([{ count: 1 }]);
  });
});

describe("a payer's page", () => {
  it('says the units one by one, and that no slip password was ever issued', async () => {
    const garage = await createUnitIn(server.db, managerId, 'Žabja ulica 1', { name: 'G1', kind: 'garage' });
    await createSlipOf(server.db, payer, [garage]);
    const { body } = await server.api(getPayer, { token, params: { id: payer.id } });
    expect(body.premises).toEqual([{ building: 'Žabja ulica 1', unit: 'G1', kind: 'garage' }]);
    expect(body.slipPassword).toBeNull();
  });

  it('lists slips of runs that are published or drafts, newest first, page by page', async () => {
    const draft = await createRun(server.db, managerId, { state: 'draft', period: '2026-11' });
    const writing = await createRun(server.db, managerId, { state: 'writing' as never, period: '2026-12' });
    await createSlip(server.db, payer, { period: '2026-09', firstOpenedAt: '2026-10-20 10:00:00.000' });
    await createSlip(server.db, payer, { period: '2026-11', runId: draft.id });
    await createSlip(server.db, payer, { period: '2026-12', runId: writing.id });
    await createSlip(server.db, await createPayer(server.db, managerId), { period: '2026-11' });
    const call = { token, params: { id: payer.id } };
    const first = (await server.api(listPayerSlips, { ...call, query: { limit: 1 } })).body;
    const second = (await server.api(listPayerSlips, { ...call, query: { limit: 1, cursor: first.nextCursor ?? '' } })).body; // prettier-ignore
    expect([...first.items, ...second.items]).toMatchObject([
      { period: '2026-11', state: 'draft', firstOpenedAt: null },
      { period: '2026-09', state: 'published', firstOpenedAt: '2026-10-20T10:00:00.000Z' },
    ]);
    expect(second.nextCursor).toBeNull();
  });

  const createMail = (given: Given<Mail>) => {
    const now = toInstant(new Date());
    return Mail.query(server.db).insert({
      ...{ id: newId(), managerId, kind: 'new-slip', language: 'sl', toAddress: 'x@example.si', text: 'SKRIVNOST' },
      ...{
        subject: 'Razdelilnik',
        messageId: `<${newId()}@x>`,
        state: 'sent',
        tries: 1,
        createdAt: now,
        nextTryAt: now,
      },
      ...given,
    });
  };

  it('lists the mails to the account, to the address for bills and with the slips, of this manager alone', async () => {
    const account = await createAccount(server.db);
    await linkPayer(server.db, payer, account.id);
    const slip = await createSlip(server.db, payer);
    const at = (day: number) => `2026-10-0${day} 10:00:00.000`;
    await createMail({ subject: 'a', accountId: account.id, createdAt: at(1) });
    await createMail({ subject: 'b', toAddress: 'ana@example.si', createdAt: at(2) });
    await createMail({ subject: 'c', kind: 'slip-pdf', slipId: slip.id, createdAt: at(3) });
    await createMail({ subject: 'd', accountId: account.id, toAddress: 'ana@example.si', createdAt: at(3) });
    await createMail({ subject: 'tuje' });
    await createMail({ subject: 'portal', accountId: account.id, managerId: null });
    const elsewhere = await createManager(server.db);
    await createMail({ subject: 'drugje', managerId: elsewhere.id, toAddress: 'ana@example.si' });
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const query = { limit: 1, ...(cursor && { cursor }) };
      const { body, bytes } = await server.api(listPayerMails, { token, params: { id: payer.id }, query });
      expect(bytes.toString()).not.toContain('SKRIVNOST');
      seen.push(...body.items.map(({ subject }) => subject));
      if (body.nextCursor === null) break;
      cursor = body.nextCursor;
    }
    expect([...seen.slice(0, 2).sort(), ...seen.slice(2)]).toEqual(['c', 'd', 'b', 'a']);
  });

  it('tells what happened to the payer, its slips and its slip passwords, and which of the staff did it', async () => {
    const slip = await createSlip(server.db, payer);
    const batchId = newId();
    await createSlipPassword(server.services, payer, { batchId });
    const staff = await createStaff(server.db, managerId, 'clerk');
    const resident = await createAccount(server.db);
    const by = (actorId: string | null) => ({ managerId, actorId });
    const subject = { kind: 'payer', id: payer.id };
    const { services } = server;
    await record(services, { action: 'slip_passwords.issued', ...by(staff.account.id), subject: { kind: 'batch', id: batchId } }); // prettier-ignore
    await record(services, { action: 'payer.linked', ...by(resident.id), subject });
    await record(services, { action: 'slip.viewed_as_resident', ...by(staff.account.id), subject: { kind: 'slip', id: slip.id } }); // prettier-ignore
    await record(services, {
      action: 'payer.released',
      ...by(staff.account.id),
      subject: { kind: 'payer', id: newId() },
    });
    await record(services, { action: 'e_invoice.channel_set', ...by(null), subject });
    const name = 'Živa Čebašek';
    const expected = [
      ['e_invoice.channel_set', null],
      ['slip.viewed_as_resident', name],
      ['payer.linked', null],
      ['slip_passwords.issued', name],
    ];
    const seen: unknown[] = [];
    for (let cursor: string | undefined; ;) {
      const query = { limit: 3, ...(cursor && { cursor }) };
      const { body } = await server.api(listPayerEvents, { token, params: { id: payer.id }, query });
      seen.push(...body.items.map((item) => [item.action, item.by]));
      if (body.nextCursor === null) break;
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(expected);
  });
});

describe('GET /office/payers/export', () => {
  const linesOf = async (query: object) => {
    const { status, bytes, headers } = await server.api(exportPayers, { token, query });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const text = bytes.toString();
    expect([text.startsWith('\ufeff'), text.endsWith('\r\n')]).toEqual([true, true]);
    return text.slice(1, -2).split('\r\n');
  };

  it('has the payers that fit by code, and runs no formula', async () => {
    const given = { code: '099', name: '=HYPERLINK("http://x")', street: '+1', town: '@x', channel: 'bank' } as const;
    const other = await createFoundPayer(server.db, managerId, given);
    const units = [await createUnitIn(server.db, managerId, 'Žabja; ulica 1', { name: '-2' })];
    await createSlipOf(server.db, other, units, { totalCents: -1205 });
    await createFoundPayer(server.db, (await createManager(server.db)).id, { name: 'Tuji' });
    const [header, ...rows] = await linesOf({});
    expect(header?.split(';')).toHaveLength(11);
    expect(rows).toEqual([
      `099;"'=HYPERLINK(""http://x"")";'+1;'@x;;;banka;"Žabja; ulica 1, -2";brez gesla;2026-10;-12,05`,
      '101;Kos Ana;Šmartinska cesta 152;1000 Ljubljana;ana@example.si;12345679;email;;brez gesla;;',
    ]);
    expect(await linesOf({ channel: 'email', search: 'kos' })).toHaveLength(2);
    expect(await linesOf({ search: 'nikogar' })).toHaveLength(1);
    expect(await detailsOf('payers.exported')).toEqual([{ count: 2 }, { count: 1 }, { count: 0 }]);
  });

  it('comes whole, however many there are', async () => {
    for (let n = 0; n < 520; n += 1) await createPayer(server.db, managerId, { code: `M${n}` });
    expect(await linesOf({})).toHaveLength(522);
  });
});
