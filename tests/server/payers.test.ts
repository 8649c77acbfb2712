import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishImport } from '../../contract/imports.ts';
import { listPayers } from '../../contract/payers.ts';
import { toInstant } from '../../server/db/time.ts';
import { Payer } from '../../server/models/payer.ts';
import { billingFile, slipRow } from '../helpers/billing-file.ts';
import { createAccount, createManager, createSlipPassword, createStaff, linkPayer } from '../helpers/factories.ts';
import { createOffice, type Office } from '../helpers/imports.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

let server: TestServer;
let office: Office;

type Query = NonNullable<Parameters<typeof ask>[0]>;
const ask = async (query: {
  search?: string;
  access?: 'registered' | 'issued' | 'expired' | 'none';
  channel?: 'none' | 'email' | 'bank' | 'bizbox' | 'imdocs';
  limit?: number;
  cursor?: string;
}) => (await server.api(listPayers, { token: office.token, query })).body;

const codes = async (query: Query) => (await ask(query)).items.map(({ code }) => code);
const payer = (code: string) =>
  Payer.query(server.db).findOne({ manager_id: office.manager.id, code }).throwIfNotFound();

beforeAll(async () => {
  server = await startTestServer();
  office = await createOffice(server);
  const { id } = await office.check(
    billingFile([
      {
        sifra_placnika: '101',
        placnik: 'Čehovin Žan',
        naslov: 'Šišenska cesta 5',
        e_posta: 'zan@example.si',
        racun: '1',
      },
      { sifra_placnika: '101', placnik: 'Čehovin Žan', naslov: 'Šišenska cesta 5', e_posta: 'zan@example.si', racun: '1', enota: 'G1', vrsta_enote: 'garaza' }, // prettier-ignore
      slipRow(1, {
        sifra_placnika: '102',
        placnik: 'Đorđević Ana',
        naslov: 'Celovška 100%',
        e_racun: 'banka',
        racun: '2',
      }),
      slipRow(2, { sifra_placnika: '103', placnik: 'Novak Ana', racun: '3' }),
      slipRow(3, { sifra_placnika: '104', placnik: 'ČEHOVIN Ana', racun: '4' }),
      slipRow(4, { sifra_placnika: '105', placnik: 'Kos Rok', racun: '5' }),
    ]),
  );
  await server.api(publishImport, { token: office.token, params: { id } });
  await office.check(billingFile([slipRow(2, { sifra_placnika: '103', placnik: 'Novak Ana', racun: '6', znesek: '1,00', osnova: '', ddv: '', obdobje: '2026-11' })])); // prettier-ignore
  await linkPayer(server.db, await payer('101'), (await createAccount(server.db)).id);
  await createSlipPassword(server.services, await payer('102'));
  await createSlipPassword(server.services, await payer('103'), { expiresAt: toInstant(new Date(Date.now() - 1000)) });
  await createSlipPassword(server.services, await payer('104'), { revokedAt: toInstant(new Date()) });
  await createSlipPassword(server.services, await payer('105'), { usedAt: toInstant(new Date()) });
  // Another manager's payer, who must never turn up.
  const other = await createOffice(server);
  await other.check(billingFile([{ placnik: 'Čehovin Tuji' }]));
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
      units: ['Šišenska cesta 5, 12', 'Šišenska cesta 5, G1'],
      lastSlip: { period: '2026-10', totalCents: 1684 },
    });
  });

  it('tells how each stands with the portal, and the last slip that is published', async () => {
    const { items } = await ask({});
    expect(items.map(({ access }) => access)).toEqual(['registered', 'issued', 'expired', 'none', 'none']);
    expect(items[2]?.lastSlip).toEqual({ period: '2026-10', totalCents: 842 });
  });

  it('gives every payer once, page by page, and the total of all pages', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof ask>> = await ask(cursor === null ? { limit: 2 } : { limit: 2, cursor });
      expect(page.total).toBe(5);
      seen.push(...page.items.map(({ code }) => code));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(['101', '102', '103', '104', '105']);
  });

  it.each(['["č"]', '["\\ud800"]', '[""]', '[]', '{}'])('refuses the forged cursor %s', async (key) => {
    const query = { cursor: Buffer.from(key).toString('base64url') };
    const { problem } = await server.api(listPayers, { token: office.token, query });
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
    ['%', ['102']],
    ['_', []],
    ["' or 1=1", []],
    ['nikogar', []],
  ])('finds %s', async (search, expected) => expect(await codes({ search })).toEqual(expected));

  it('filters by access and channel, also together with a search', async () => {
    expect(await codes({ access: 'none' })).toEqual(['104', '105']);
    expect(await codes({ access: 'issued' })).toEqual(['102']);
    expect(await codes({ access: 'expired' })).toEqual(['103']);
    expect(await codes({ access: 'registered' })).toEqual(['101']);
    expect(await codes({ channel: 'bank' })).toEqual(['102']);
    expect(await ask({ access: 'none', search: 'ana' })).toMatchObject({ total: 1, items: [{ code: '104' }] });
  });

  it('is for the staff of the manager alone', async () => {
    const elsewhere = await createManager(server.db);
    const stranger = await createStaff(server.db, elsewhere.id, 'admin');
    expect((await server.api(listPayers, { token: stranger.token })).body).toMatchObject({ items: [], total: 0 });
    const query = { managerId: office.manager.id };
    expect((await server.api(listPayers, { token: stranger.token, query })).problem.code).toBe('forbidden');
    expect((await server.api(listPayers, {})).problem.code).toBe('not_signed_in');
  });
});
