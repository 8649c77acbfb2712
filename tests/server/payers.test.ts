import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listBuildings, listPayers, type PayerFilter } from '../../contract/payers.ts';
import { insertRows } from '../../server/db/bulk.ts';
import { newId } from '../../server/db/id.ts';
import { toInstant } from '../../server/db/time.ts';
import { Building } from '../../server/models/building.ts';
import type { Manager } from '../../server/models/manager.ts';
import { Payer } from '../../server/models/payer.ts';
import { totalOf } from '../../server/modules/payers/payer-totals.ts';
import { createAccount, createManager, createSlipPassword, createStaff, linkPayer } from '../helpers/factories.ts';
import { createFoundPayer, createSlipOf, createUnitIn } from '../helpers/payer-list.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createRun } from '../helpers/slip-factories.ts';

let server: TestServer;
let manager: Manager;
let token: string;

type Query = PayerFilter & { limit?: number; cursor?: string };
const ask = async (query: Query) => (await server.api(listPayers, { token, query })).body;

const codes = async (query: Query) => (await ask(query)).items.map(({ code }) => code);
const payer = (code: string) => Payer.query(server.db).findOne({ manager_id: manager.id, code }).throwIfNotFound();
const building = async (name: string) =>
  (await Building.query(server.db).findOne({ manager_id: manager.id, name }).throwIfNotFound()).id;
const otherBuilding = async () =>
  (await Building.query(server.db).whereNot({ manager_id: manager.id }).first().throwIfNotFound()).id;

beforeAll(async () => {
  server = await startTestServer();
  const { db } = server;
  manager = await createManager(db);
  token = (await createStaff(db, manager.id, 'clerk')).token;
  const street = 'Šišenska cesta 5';
  const october = await createRun(db, manager.id, { period: '2026-10' });
  const november = await createRun(db, manager.id, { period: '2026-11', state: 'draft' });
  const people = [
    { code: '101', name: 'Čehovin Žan', street, email: 'zan@example.si', channel: 'email', unit: '14' },
    { code: '102', name: 'Đorđević Ana', street: 'Celovška 100%', channel: 'bank', unit: '1' },
    { code: '103', name: 'Novak Ana', street, channel: 'none', unit: '2' },
    { code: '104', name: 'ČEHOVIN Ana', street, channel: 'none', unit: '3' },
    { code: '105', name: 'Kos Rok', street, channel: 'none', unit: 'Lokal Č4' },
  ] as const;
  for (const { unit, ...given } of people) {
    const units = [await createUnitIn(db, manager.id, given.code === '105' ? 'Ulica talcev 1' : 'Šmartinska 152', { name: unit })]; // prettier-ignore
    if (given.code === '101') units.push(await createUnitIn(db, manager.id, 'Šmartinska 152', { name: 'G1', kind: 'garage' })); // prettier-ignore
    await createSlipOf(db, await createFoundPayer(db, manager.id, given), units, {
      runId: october.id,
      totalCents: 842,
    });
  }
  const unit = await createUnitIn(db, manager.id, 'Ulica talcev 10', { name: '7' });
  await createSlipOf(db, await payer('103'), [unit], { runId: november.id, period: '2026-11', totalCents: 100 });
  const [unconfirmed, confirmed] = [
    await createAccount(db),
    await createAccount(db, { emailConfirmedAt: toInstant(new Date()) }),
  ];
  await linkPayer(db, await payer('101'), unconfirmed.id);
  await createSlipPassword(server.services, await payer('102'));
  await createSlipPassword(server.services, await payer('103'), { expiresAt: toInstant(new Date(Date.now() - 1000)) });
  await createSlipPassword(server.services, await payer('104'), { revokedAt: toInstant(new Date()) });
  await createSlipPassword(server.services, await payer('105'), { usedAt: toInstant(new Date()) });
  // Another manager's payers, who must never turn up.
  const other = await createManager(db);
  const theirs = await createFoundPayer(db, other.id, { name: 'Čehovin Tuji' });
  await createSlipOf(db, theirs, [await createUnitIn(db, other.id, 'Šmartinska 152', { name: '99' })]);
  await linkPayer(db, theirs, unconfirmed.id);
  await linkPayer(db, await createFoundPayer(db, other.id), confirmed.id);
});

afterAll(() => server.close());

describe('GET /office/payers', () => {
  it('says of a payer what the office needs', async () => {
    const { items, total } = await ask({});
    expect(total).toBe(5);
    expect(items[0]).toEqual({
      id: (await payer('101')).id,
      code: '101',
      name: 'Čehovin Žan',
      street: 'Šišenska cesta 5',
      town: '1000 Ljubljana',
      email: 'zan@example.si',
      channel: 'email',
      access: 'registered',
      units: ['Šmartinska 152, 14', 'Šmartinska 152, G1'],
      lastSlip: { period: '2026-10', totalCents: 842 },
    });
  });

  it('tells how each stands with the portal, the newest units and the last slip that is published', async () => {
    const { items } = await ask({});
    expect(items.map(({ access }) => access)).toEqual(['registered', 'issued', 'expired', 'none', 'none']);
    expect(items[2]).toMatchObject({ units: ['Ulica talcev 10, 7'], lastSlip: { period: '2026-10', totalCents: 842 } });
  });

  const walk = async (query: Query, between: () => Promise<unknown> = () => Promise.resolve()) => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof ask>> = await ask(cursor === null ? query : { ...query, cursor });
      seen.push(...page.items.map(({ code }) => code));
      cursor = page.nextCursor;
      await between();
    } while (cursor !== null);
    return seen;
  };

  it.each<[string, Query, string[]]>([
    ['of all', {}, ['101', '102', '103', '104', '105']],
    ['of a search', { search: 'sisenska' }, ['101', '103', '104', '105']],
  ])('gives every payer once, page by page, %s', async (_, query, expected) => {
    expect(await walk({ ...query, limit: 2 })).toEqual(expected);
    expect((await ask({ ...query, limit: 2 })).total).toBe(expected.length);
  });

  it.each<[string, Query]>([
    ['of all', {}],
    ['of a search', { search: 'meglic' }],
  ])('drops and doubles none when payers come and go between two pages, %s', async (_, query) => {
    const { db } = server;
    const given = { name: 'Meglič Ana' };
    const stay = ['A2', 'A4', 'A6', 'A8'];
    for (const code of [...stay, 'A3', 'A7']) await createFoundPayer(db, manager.id, { ...given, code });
    const turns = [
      () => Payer.query(db).delete().where({ manager_id: manager.id }).whereIn('code', ['A3', 'A7']),
      () => createFoundPayer(db, manager.id, { ...given, code: 'A1' }),
      () => createFoundPayer(db, manager.id, { ...given, code: 'A9' }),
    ];
    const seen = (await walk({ ...query, limit: 2 }, async () => turns.shift()?.())).filter((code) => code > 'A');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(stay));
    await Payer.query(db).delete().where('manager_id', manager.id).where('code', 'like', 'A%');
  });

  it('is the same for few and for many', async () => {
    const { db } = server;
    const now = toInstant(new Date());
    const crowd = Array.from({ length: 1_050 }, (_, n) => `M${9_999 - n}`);
    const columns = [
      'manager_id',
      'id',
      'code',
      'name',
      'street',
      'town',
      'channel',
      'search',
      'created_at',
      'updated_at',
    ];
    const rows = crowd.map((code) => [manager.id, newId(), code, 'Množica', '', '', 'imdocs', 'mnozica', now, now]);
    await insertRows(db, 'payers', columns, rows);
    const first = await ask({ search: 'mnozica', limit: 2 });
    expect(first).toMatchObject({ total: 1_050, items: [{ code: 'M8950' }, { code: 'M8951' }] });
    const seen = await walk({ channel: 'imdocs', search: 'mnozica', limit: 100 });
    expect(seen).toEqual(crowd.toReversed());
    await Payer.query(db).delete().where({ manager_id: manager.id, channel: 'imdocs' });
  });

  it.each(['["č"]', '["\\ud800"]', '[""]', '[]', '{}'])('refuses the forged cursor %s', async (key) => {
    const query = { cursor: Buffer.from(key).toString('base64url') };
    const { problem } = await server.api(listPayers, { token, query });
    expect(problem).toMatchObject({ code: 'invalid_request', fields: [{ path: 'cursor', rule: 'cursor' }] });
  });

  it.each([
    ['cehovin', ['101', '104']],
    ['ČEHOVIN žan', ['101']],
    ['ana cehovin', ['104']],
    ['dordevic', ['102']],
    ['sisenska', ['101', '103', '104', '105']],
    ['ZAN@example', ['101']],
    ['103', ['103']],
    ['Šmartinska 152', ['101', '102', '104']],
    ['smartinska 152 14', ['101']],
    ['smartinska 152 g1', ['101']],
    ['zan smartinska', ['101']],
    ['talcev', ['103', '105']],
    ['lokal c4', ['105']],
    ['99', []],
    ['%', ['102']],
    ['_', []],
    ["' or 1=1", []],
    ['nikogar', []],
  ])('finds %s', async (search, expected) => expect(await codes({ search })).toEqual(expected));

  it('filters, by one thing or by all together', async () => {
    expect(await codes({ access: 'none' })).toEqual(['104', '105']);
    expect(await codes({ access: 'issued' })).toEqual(['102']);
    expect(await codes({ access: 'expired' })).toEqual(['103']);
    expect(await codes({ access: 'registered' })).toEqual(['101']);
    expect(await codes({ channel: 'bank' })).toEqual(['102']);
    expect(await codes({ hasAccount: 'true' })).toEqual(['101']);
    expect(await codes({ hasAccount: 'false' })).toEqual(['102', '103', '104', '105']);
    expect(await codes({ emailUnconfirmed: 'true' })).toEqual(['101']);
    const smartinska = await building('Šmartinska 152');
    expect(await codes({ buildingId: smartinska })).toEqual(['101', '102', '104']);
    expect(await codes({ buildingId: await building('Ulica talcev 1') })).toEqual(['105']);
    expect(await codes({ buildingId: 'ab'.repeat(16) })).toEqual([]);
    expect(await ask({ access: 'none', search: 'ana' })).toMatchObject({ total: 1, items: [{ code: '104' }] });
    const all = { access: 'registered', channel: 'email', hasAccount: 'true', emailUnconfirmed: 'true' } as const;
    expect(await codes({ ...all, buildingId: smartinska, search: '14' })).toEqual(['101']);
    expect(await codes({ ...all, buildingId: smartinska, search: 'novak' })).toEqual([]);
  });

  it('counts from the other side as many as it finds', async () => {
    // An expired one beside a good one, and a good one of somebody who has an account.
    const past = toInstant(new Date(Date.now() - 1000));
    const [old, needless] = [newId(), newId()];
    await createSlipPassword(server.services, await payer('102'), { id: old, expiresAt: past });
    await createSlipPassword(server.services, await payer('101'), { id: needless });
    const filters: PayerFilter[] = [
      ...(['registered', 'issued', 'expired', 'none'] as const).map((access) => ({ access })),
      ...(['true', 'false'] as const).map((hasAccount) => ({ hasAccount })),
      { emailUnconfirmed: 'true' },
    ];
    for (const filter of filters) {
      const counted = await totalOf(server.db, { ...filter, managerId: manager.id }, toInstant(new Date()));
      expect([filter, counted]).toEqual([filter, (await codes(filter)).length]);
    }
    expect(await totalOf(server.db, { access: 'none', search: 'ana', managerId: manager.id }, past)).toBeUndefined();
    await server.db('slip_passwords').whereIn('id', [old, needless]).delete();
  });

  it('does not take a confirmed address for one that is not', async () => {
    const { db } = server;
    const account = await createAccount(db, { emailConfirmedAt: toInstant(new Date()) });
    await linkPayer(db, await createFoundPayer(db, manager.id, { code: 'B1' }), account.id);
    expect(await codes({ emailUnconfirmed: 'true' })).toEqual(['101']);
    expect(await codes({ hasAccount: 'true' })).toEqual(['101', 'B1']);
    await Payer.query(db).delete().where({ manager_id: manager.id, code: 'B1' });
  });

  it('is for the staff of the manager alone', async () => {
    const elsewhere = await createManager(server.db);
    const stranger = await createStaff(server.db, elsewhere.id, 'admin');
    expect((await server.api(listPayers, { token: stranger.token })).body).toMatchObject({ items: [], total: 0 });
    const query = { managerId: manager.id };
    expect((await server.api(listPayers, { token: stranger.token, query })).problem.code).toBe('forbidden');
    expect((await server.api(listPayers, {})).problem.code).toBe('not_signed_in');
  });
});

describe('GET /office/buildings', () => {
  const names = async (query: { search?: string; id?: string; limit?: number; cursor?: string }) =>
    (await server.api(listBuildings, { token, query })).body;

  it('gives the buildings as people sort them, with how many payers have a unit there', async () => {
    const { items, nextCursor } = await names({});
    expect(items.map(({ name, payers }) => [name, payers])).toEqual([
      ['Šmartinska 152', 3],
      ['Ulica talcev 1', 1],
      ['Ulica talcev 10', 1],
    ]);
    expect(nextCursor).toBeNull();
  });

  it('goes page by page, and is searched without marks', async () => {
    const first = await names({ limit: 2 });
    const second = await names({ limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ name }) => name)).toHaveLength(3);
    expect(second.nextCursor).toBeNull();
    expect((await names({ search: 'smart 15' })).items.map(({ name }) => name)).toEqual(['Šmartinska 152']);
    expect((await names({ search: 'ŠMARTINSKA 7' })).items).toEqual([]);
  });

  it("names one building by its id, and another manager's to nobody", async () => {
    const [id, theirs] = [await building('Ulica talcev 1'), await otherBuilding()];
    expect((await names({ id })).items).toEqual([{ id, name: 'Ulica talcev 1', payers: 1 }]);
    expect((await names({ id: theirs })).items).toEqual([]);
  });
});
