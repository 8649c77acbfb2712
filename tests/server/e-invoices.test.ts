import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deleteAccount, downloadAccountData } from '../../contract/account.ts';
import { removePayer } from '../../contract/account-payers.ts';
import {
  confirmEInvoiceRequest,
  getPayerEInvoice,
  listEInvoiceRequests,
  listEInvoices,
  refuseEInvoiceRequest,
  requestEInvoice,
  setPayerChannel,
  withdrawEInvoiceRequest,
  type ChannelChoice,
} from '../../contract/e-invoices.ts';
import { listPayers, releasePayer } from '../../contract/payers.ts';
import { toInstant } from '../../server/db/time.ts';
import { Account } from '../../server/models/account.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { ChannelChange } from '../../server/models/channel-change.ts';
import { EInvoiceRequest } from '../../server/models/e-invoice-request.ts';
import { Mail } from '../../server/models/mail.ts';
import type { Manager } from '../../server/models/manager.ts';
import { Payer } from '../../server/models/payer.ts';
import { createManager, createPayer, createResident, createStaff } from '../helpers/factories.ts';
import { password } from '../helpers/planted.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

const byEmail = { channel: 'email', email: 'racuni@example.si' } as const;
const byBank = { channel: 'bank', iban: 'SI56191000000123438', taxNumber: '12345679' } as const;
const byBizbox = { channel: 'bizbox', taxNumber: 'SI12345679' } as const;

let server: TestServer;
let manager: Manager;
let payer: Payer;
let resident: Awaited<ReturnType<typeof createResident>>;
let clerk: Awaited<ReturnType<typeof createStaff>>;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  const { db, services } = server;
  manager = await createManager(db);
  payer = await createPayer(db, manager.id, { channel: 'none', name: 'Čehovin Žan', code: '104217' });
  resident = await createResident(db, payer);
  await Account.query(db)
    .findById(resident.account.id)
    .patch({ emailConfirmedAt: toInstant(new Date()), passwordHash: await services.passwords.hash(password) });
  clerk = await createStaff(db, manager.id, 'clerk');
});

const ask = (body: ChannelChoice, { token, id }: { token?: string; id?: string } = {}) =>
  server.api(requestEInvoice, { token: token ?? resident.token, params: { id: id ?? payer.id }, body });
const withdraw = () => server.api(withdrawEInvoiceRequest, { token: resident.token, params: { id: payer.id } });
const confirm = (id: string) => server.api(confirmEInvoiceRequest, { token: clerk.token, params: { id } });
const refuse = (id: string, reason = 'Davčna številka ni prava.') =>
  server.api(refuseEInvoiceRequest, { token: clerk.token, params: { id }, body: { reason } });
const set = (body: ChannelChoice) =>
  server.api(setPayerChannel, { token: clerk.token, params: { id: payer.id }, body });
const waiting = async () => (await server.api(listEInvoiceRequests, { token: clerk.token })).body;
const decided = async () =>
  (await server.api(listEInvoiceRequests, { token: clerk.token, query: { state: 'decided' } })).body;

const requested = async (choice: ChannelChoice): Promise<string> => {
  const { status, body } = await ask(choice);
  expect(status).toBe(201);
  return body.request!.id;
};

const stored = () => Payer.query(server.db).findById([manager.id, payer.id]).throwIfNotFound();
const history = () => ChannelChange.query(server.db).where({ payer_id: payer.id }).orderBy('changed_at');
const actions = async () =>
  (await AuditEntry.query(server.db).where({ chain: manager.id }).orderBy('seq')).map(({ action }) => action);
const mailsOf = async (kind: string) => Mail.query(server.db).where({ kind, manager_id: manager.id });
const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).sort();

describe('a request for e-invoices', () => {
  it('waits for the office, which is told of it and sees whose it is', async () => {
    const { status, body } = await ask({ ...byBank, iban: 'si56 1910 0000 0123 438' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ payerId: payer.id, channel: 'none', history: [], managerName: manager.name });
    expect(body.request).toMatchObject({ ...byBank, email: null, state: 'open', decidedAt: null, reason: null });
    expect(await stored()).toMatchObject({ channel: 'none', eInvoiceIban: null });
    const { items, open } = await waiting();
    expect(open).toBe(1);
    expect(items).toEqual([
      {
        ...body.request,
        ...{ payerId: payer.id, payerCode: '104217', payerName: 'Čehovin Žan', currentChannel: 'none' },
        ...{ emailProved: null, requestedBy: 'Živa Čebašek', decidedBy: null },
      },
    ]);
    const [mail, ...others] = await mailsOf('e-invoice-requested');
    expect([mail?.toAddress, mail?.managerId, others]).toEqual([manager.email, manager.id, []]);
    expect(mail?.text).not.toContain(byBank.iban);
    expect(await actions()).toEqual(['e_invoice.requested']);
    expect((await server.api(listEInvoices, { token: resident.token })).body.items).toEqual([body]);
  });

  it.each([
    ['an address that is none', { channel: 'email', email: 'ni naslov' }, 'email'],
    ['a foreign account', { ...byBank, iban: 'DE02120300000000202051' }, 'iban'],
    ['a tax number with a digit too few', { ...byBizbox, taxNumber: '1234567' }, 'taxNumber'],
  ])('with %s is refused at the field', async (_, body, path) => {
    const { status, problem } = await ask(body as ChannelChoice);
    expect([status, problem.code, problem.fields?.map((fault) => fault.path)]).toEqual([
      400,
      'invalid_request',
      [path],
    ]);
  });

  it('tells the office whether the address is one that the resident has proved', async () => {
    await requested(byEmail);
    expect((await waiting()).items.map(({ emailProved }) => emailProved)).toEqual([false]);
    await requested({ channel: 'email', email: resident.account.email });
    expect((await waiting()).items.map(({ emailProved }) => emailProved)).toEqual([true]);
    await Account.query(server.db).findById(resident.account.id).patch({ emailConfirmedAt: null });
    expect((await waiting()).items.map(({ emailProved }) => emailProved)).toEqual([false]);
    await requested(byBank);
    expect((await waiting()).items.map(({ emailProved }) => emailProved)).toEqual([null]);
  });

  it('takes the place of the open one', async () => {
    const first = await requested(byEmail);
    const second = await requested(byBizbox);
    expect((await waiting()).items.map(({ id }) => id)).toEqual([second]);
    expect((await decided()).items).toMatchObject([{ id: first, state: 'withdrawn', decidedBy: null }]);
    expect((await confirm(first)).problem.code).toBe('e_invoice_request_state');
  });

  it('is refused for what the payer has or waits for already, but not for other data of the same channel', async () => {
    expect((await ask({ channel: 'none' })).problem.code).toBe('e_invoice_request_state');
    await set(byEmail);
    expect((await ask(byEmail)).problem.code).toBe('e_invoice_request_state');
    const id = await requested({ channel: 'email', email: 'nov@example.si' });
    expect((await ask({ channel: 'email', email: 'nov@example.si' })).problem.code).toBe('e_invoice_request_state');
    await confirm(id);
    expect(await stored()).toMatchObject({ channel: 'email', email: 'nov@example.si' });
    await set(byBank);
    expect((await ask({ ...byBank, taxNumber: 'SI12345679' })).problem.code).toBe('e_invoice_request_state');
    expect((await ask({ ...byBank, iban: 'SI56051008010486080' })).status).toBe(201);
  });

  it('leaves one open when several come at the same moment', async () => {
    const choices: ChannelChoice[] = [byEmail, byBank, byBizbox, { channel: 'imdocs', taxNumber: '12345679' }];
    const answers = await Promise.all(choices.map((choice) => ask(choice)));
    for (const { status } of answers) expect([201, 409]).toContain(status);
    const rows = await EInvoiceRequest.query(server.db).where({ payer_id: payer.id });
    expect(rows.filter(({ state }) => state === 'open')).toHaveLength(1);
    expect(rows.filter(({ isOpen }) => isOpen === 1)).toHaveLength(1);
    expect(rows).toHaveLength(answers.filter(({ status }) => status === 201).length);
  });

  it("is for the account's own payers alone", async () => {
    const { db } = server;
    const foreign = await createPayer(db, (await createManager(db)).id);
    const neighbour = await createPayer(db, manager.id);
    for (const { id } of [foreign, neighbour]) {
      expect((await ask(byBank, { id })).problem.code).toBe('not_found');
    }
    expect(await EInvoiceRequest.query(db).where({ manager_id: manager.id }).resultSize()).toBe(0);
  });

  it('comes so often and no more', async () => {
    for (let i = 0; i < 30; i += 1) await server.services.limits.eInvoiceRequest.consume(resident.account.id);
    const { status, problem } = await ask(byEmail);
    expect([status, problem.code]).toEqual([429, 'rate_limited']);
  });

  it('can be taken back while it is open', async () => {
    const id = await requested(byEmail);
    const { status, body } = await withdraw();
    expect([status, body.request?.state]).toEqual([200, 'withdrawn']);
    expect((await withdraw()).problem.code).toBe('e_invoice_request_state');
    expect((await confirm(id)).problem.code).toBe('e_invoice_request_state');
    expect((await stored()).channel).toBe('none');
  });
});

describe('the decision of the office', () => {
  it('gives the payer the channel with its data, and tells the resident', async () => {
    const { status, body } = await confirm(await requested(byEmail));
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'confirmed', currentChannel: 'email', decidedBy: 'Živa Čebašek' });
    expect(await stored()).toMatchObject(byEmail);
    expect(await history()).toMatchObject([
      { channel: 'email', origin: 'request', requestId: body.id, changedBy: clerk.account.id },
    ]);
    const [mail] = await mailsOf('e-invoice-confirmed');
    expect([mail?.toAddress, mail?.accountId]).toEqual([resident.account.email, resident.account.id]);
    expect(mail?.text).toContain('racuni@example.si');
    expect(await actions()).toEqual(['e_invoice.requested', 'e_invoice.confirmed']);
    // The payer is found by the new address.
    const found = await server.api(listPayers, { token: clerk.token, query: { search: 'racuni@example' } });
    expect(found.body.items.map(({ id }) => id)).toEqual([payer.id]);
  });

  it('keeps account and tax number for the bank, and lets the account go with it', async () => {
    await confirm(await requested(byBank));
    expect(await stored()).toMatchObject({ channel: 'bank', eInvoiceIban: byBank.iban, taxNumber: byBank.taxNumber });
    await confirm(await requested({ channel: 'none' }));
    expect(await stored()).toMatchObject({ channel: 'none', eInvoiceIban: null });
    const { body } = await server.api(getPayerEInvoice, { token: clerk.token, params: { id: payer.id } });
    expect(body.history.map(({ channel, origin }) => [channel, origin])).toEqual([
      ['none', 'request'],
      ['bank', 'request'],
    ]);
  });

  it('leaves the channel when it says no, and tells why', async () => {
    const { body } = await refuse(await requested(byBizbox));
    expect(body).toMatchObject({ state: 'refused', reason: 'Davčna številka ni prava.', currentChannel: 'none' });
    expect(await history()).toEqual([]);
    expect((await mailsOf('e-invoice-refused')).map(({ text }) => text)).toEqual([
      expect.stringContaining('Razlog: Davčna številka ni prava.'),
    ]);
    const own = await server.api(listEInvoices, { token: resident.token });
    expect(own.body.items[0]?.request).toMatchObject({ state: 'refused', reason: 'Davčna številka ni prava.' });
  });

  it('tells nobody at an address that was never confirmed', async () => {
    await Account.query(server.db).findById(resident.account.id).patch({ emailConfirmedAt: null });
    await confirm(await requested(byEmail));
    expect(await mailsOf('e-invoice-confirmed')).toEqual([]);
  });

  it('comes once when all come at the same moment', async () => {
    const id = await requested(byEmail);
    const answers = await Promise.all([confirm(id), refuse(id), withdraw(), confirm(id)]);
    expect(statuses(answers)).toEqual([200, 409, 409, 409]);
    const [row] = await EInvoiceRequest.query(server.db).where({ payer_id: payer.id });
    const isConfirmed = row?.state === 'confirmed';
    expect((await stored()).channel).toBe(isConfirmed ? 'email' : 'none');
    expect(await history()).toHaveLength(isConfirmed ? 1 : 0);
    expect((await actions()).length).toBe(2);
  });

  it("is not another manager's", async () => {
    const id = await requested(byEmail);
    const stranger = await createStaff(server.db, (await createManager(server.db)).id);
    const call = { token: stranger.token, params: { id } };
    expect((await server.api(confirmEInvoiceRequest, call)).problem.code).toBe('not_found');
    expect((await server.api(refuseEInvoiceRequest, { ...call, body: { reason: 'Ne.' } })).problem.code).toBe(
      'not_found',
    );
    expect((await server.api(listEInvoiceRequests, { token: stranger.token })).body).toMatchObject({
      items: [],
      open: 0,
    });
  });
});

describe('the list of requests', () => {
  it('has the longest waiting first, the last decided first, page by page', async () => {
    const { db } = server;
    const ids: string[] = [];
    for (let day = 1; day <= 5; day += 1) {
      const other = await createPayer(db, manager.id, { channel: 'none' });
      const at = `2026-11-0${day} 10:00:00.000`;
      const id = String(day).repeat(32);
      ids.push(id);
      await EInvoiceRequest.query(db).insert({
        ...{ managerId: manager.id, id, payerId: other.id, channel: 'imdocs', taxNumber: '12345679', createdAt: at },
        ...(day > 3 ? { state: 'open', isOpen: 1 } : { state: 'refused', reason: 'Ne.', decidedAt: at }),
      });
    }
    const pages = async (state: 'open' | 'decided') => {
      const found: string[] = [];
      let cursor: string | null | undefined;
      do {
        const query = { state, limit: 1, ...(cursor ? { cursor } : {}) };
        const { body } = await server.api(listEInvoiceRequests, { token: clerk.token, query });
        expect([body.items.length, body.open]).toEqual([1, 2]);
        found.push(...body.items.map(({ id }) => id));
        cursor = body.nextCursor;
      } while (cursor);
      return found;
    };
    expect(await pages('open')).toEqual(ids.slice(3));
    expect(await pages('decided')).toEqual(ids.slice(0, 3).reverse());
  });
});

describe('the channel that the office sets', () => {
  it('is in the history and in the trail, and the resident is told', async () => {
    const { status, body } = await set(byBank);
    expect(status).toBe(200);
    expect(body).toMatchObject({ channel: 'bank', history: [{ channel: 'bank', origin: 'office' }] });
    expect(await actions()).toEqual(['e_invoice.channel_set']);
    expect((await mailsOf('e-invoice-changed')).map(({ toAddress }) => toAddress)).toEqual([resident.account.email]);
    await set(byBank);
    expect(await history()).toHaveLength(1);
    expect(await actions()).toHaveLength(1);
  });

  it('confirms the open request for the same, and leaves another one open', async () => {
    await requested(byEmail);
    await set(byBizbox);
    expect((await waiting()).open).toBe(1);
    await set(byEmail);
    expect((await waiting()).open).toBe(0);
    expect((await decided()).items).toMatchObject([{ state: 'confirmed', channel: 'email' }]);
    expect((await history()).map(({ origin }) => origin).sort()).toEqual(['office', 'request']);
  });

  it("is not found for another manager's payer", async () => {
    const foreign = await createPayer(server.db, (await createManager(server.db)).id);
    const call = { token: clerk.token, params: { id: foreign.id } };
    expect((await server.api(setPayerChannel, { ...call, body: byEmail })).problem.code).toBe('not_found');
    expect((await server.api(getPayerEInvoice, call)).problem.code).toBe('not_found');
  });
});

describe('an open request ends with the hold on the payer', () => {
  const isOpen = async () => (await waiting()).open === 1;

  it.each([
    ['when the office releases it', () => server.api(releasePayer, { token: clerk.token, params: { id: payer.id } })],
    [
      'when the resident removes it',
      () => server.api(removePayer, { token: resident.token, params: { id: payer.id }, body: { password } }),
    ],
    ['when the account is deleted', () => server.api(deleteAccount, { token: resident.token, body: { password } })],
  ])('%s', async (_, leave) => {
    await createResident(server.db, await createPayer(server.db, manager.id));
    await requested(byEmail);
    expect(await isOpen()).toBe(true);
    expect([200, 204]).toContain((await leave()).status);
    expect(await isOpen()).toBe(false);
    expect((await decided()).items).toMatchObject([{ state: 'withdrawn' }]);
  });

  it('and of a deleted account nothing stays in it', async () => {
    await requested(byEmail);
    await server.api(deleteAccount, { token: resident.token, body: { password } });
    expect((await decided()).items).toMatchObject([{ requestedBy: null }]);
    const kept = await EInvoiceRequest.query(server.db).where({ payer_id: payer.id });
    expect(kept.map(({ accountId, state }) => [accountId, state])).toEqual([[null, 'withdrawn']]);
  });

  it('and is in the copy of the own data before', async () => {
    await requested(byBank);
    const { bytes } = await server.api(downloadAccountData, { token: resident.token });
    expect(bytes.length).toBeGreaterThan(500);
    const { personalData } = await import('../../server/modules/account-data/personal-data.ts');
    const data = await personalData(server.services, resident.account.id);
    expect(data.eInvoiceRequests).toMatchObject([{ ...byBank, state: 'open', payerId: payer.id }]);
  });
});
