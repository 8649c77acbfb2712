import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pathOf } from '../../../contract/endpoint.ts';
import { createImport, discardImport, getImport, listImports, publishImport } from '../../../contract/imports.ts';
import { generateBillingFile } from '../../../server/sample/billing-file.ts';
import { billingFile, fundItem, goodRow, slipRow } from '../../helpers/billing-file.ts';
import { eventually } from '../../helpers/eventually.ts';
import { createManager, createResident, createStaff } from '../../helpers/factories.ts';
import { createOffice, digest, type Office } from '../../helpers/imports.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

let server: TestServer;
let office: Office;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  office = await createOffice(server);
});

const publish = (id: string) => server.api(publishImport, { token: office.token, params: { id } });
const discard = (id: string) => server.api(discardImport, { token: office.token, params: { id } });
const ours = () => ({ manager_id: office.manager.id });
const rowsOf = async (table: string, where: Record<string, unknown> = {}, order = 'manager_id') =>
  (await server
    .db(table)
    .where({ ...ours(), ...where })
    .orderBy(order)) as Record<string, string | number | null>[];
const sumOf = async (table: string, column: string): Promise<number> => {
  const sums: { total: number }[] = await server.db(table).where(ours()).sum(`${column} as total`);
  return sums[0]!.total;
};
const numbers = async () => (await server.db('slips').where(ours()).orderBy('number').pluck('number')) as string[];

describe('a good file', () => {
  it('becomes a draft with its payers, units, slips, items and payment orders', async () => {
    const done = await office.import(billingFile([{}, fundItem, slipRow(1)]));
    expect(done).toMatchObject({
      state: 'draft',
      faultCount: 0,
      newPayers: 2,
      newSlips: 2,
      replacedSlips: 0,
      progress: { phase: 'done', rows: 3 },
      runs: [{ period: '2026-10', state: 'draft', slips: 2, totalCents: 842 + 1358 + 842 }],
    });
    const [slip] = await rowsOf('slips', { number: goodRow.racun });
    expect(slip).toMatchObject({ issue_date: '2026-11-12', due_date: '2026-11-30', total_cents: 2200 });
    const orders = await rowsOf('payment_orders', { slip_id: slip!['id'] }, 'position');
    expect(orders).toMatchObject([
      {
        iban: 'SI56020170014356205',
        reference: 'SI121042172026105',
        purpose_code: 'OTHR',
        purpose: 'Razdelilnik 10/2026',
        amount_cents: 842,
      },
      {
        iban: 'SI56990000011111127',
        reference: 'SI00104217-202610',
        purpose_code: 'BLDM',
        purpose: 'Rezervni sklad 10/2026',
        amount_cents: 1358,
      },
    ]);
    const items = await rowsOf('slip_items', { slip_id: slip!['id'] }, 'position');
    expect(items.map((item) => item['payment_order_position'])).toEqual(orders.map((order) => order['position']));
    expect(items[0]).toMatchObject({
      description: 'Upravljanje',
      building_total_cents: 123456,
      quantity: '1',
      price: '6.9000',
      vat_rate: '22',
      base_cents: 690,
      vat_cents: 152,
    });
    const [payer] = await rowsOf('payers', { code: '104217' });
    expect(payer).toMatchObject({
      name: 'Čehovin Žan',
      town: '1000 Ljubljana',
      channel: 'email',
      search: '104217 cehovin zan sisenska cesta 5 zan@example.si',
    });
    expect(await server.db('import_slips').where(ours())).toEqual([]);
  });

  it('may have its rows in any order, and two units on one slip', async () => {
    const garage = { enota: 'G3', vrsta_enote: 'garaza', znesek: '5,00', osnova: '', ddv: '', povrsina_m2: '12,5' };
    await office.import(billingFile([slipRow(1), garage, slipRow(2), {}, { ...slipRow(1), postavka: 'Voda' }]));
    expect(await server.db('slips').where(ours()).orderBy('number').pluck('total_cents')).toEqual([1342, 1684, 842]);
    expect(
      await server
        .db('units')
        .where({ ...ours(), name: 'G3' })
        .first(),
    ).toMatchObject({ kind: 'garage' });
  });

  it.each([
    ['a byte order mark', Buffer.from(`\ufeff${billingFile([{}])}`)],
    ['line feeds alone', Buffer.from(billingFile([{}], { end: '\n' }))],
    ['Windows-1250', windows1250(billingFile([{}]))],
    ['blank lines', Buffer.from(`${billingFile([{}])}\r\n;;;;;\r\n`)],
    ['only the required columns', Buffer.from(billingFile([{}], { columns: required() }))],
  ])('may have %s', async (_, file) => {
    expect(await office.import(file)).toMatchObject({ state: 'draft', newSlips: 1, faults: [] });
    const [payer] = await rowsOf('payers');
    expect(payer!['name']).toBe('Čehovin Žan');
  });

  it('is the one of the documentation', async () => {
    const done = await office.import(readFileSync(new URL('../../../docs/billing-file-sample.csv', import.meta.url)));
    expect(done).toMatchObject({ state: 'draft', faults: [], unknownColumns: [] });
    expect(done.newSlips).toBeGreaterThan(1);
  });

  it('is what the sample command writes, and the whole of it', async () => {
    const file = [...generateBillingFile({ payers: 40, months: 3, seed: 7, until: '2026-10' })].join('');
    const done = await office.import(file);
    expect(done).toMatchObject({ state: 'draft', faults: [], newPayers: 40, newSlips: 120 });
    expect(done.runs.map(({ period, slips }) => [period, slips])).toEqual([
      ['2026-08', 40],
      ['2026-09', 40],
      ['2026-10', 40],
    ]);
    const sums = [
      await sumOf('slips', 'total_cents'),
      await sumOf('slip_items', 'amount_cents'),
      await sumOf('payment_orders', 'amount_cents'),
    ];
    const rows = file.split('\r\n').slice(1, -1).map((line) => line.split(';')); // prettier-ignore
    const [open, items] = [true, false].map((isOpen) => rows.filter((cells) => (cells[37] === 'odprto') === isOpen));
    const sumUp = (some: string[][]) => some.reduce((sum, cells) => sum + Number(cells[27]!.replace(',', '')), 0);
    expect(sums).toEqual(Array(3).fill(sumUp(items!)));
    expect(await server.db('slip_items').where(ours()).count('* as n').first()).toEqual({ n: items!.length });
    expect(await sumOf('slip_open_items', 'amount_cents')).toBe(sumUp(open!));
    expect(await server.db('run_funds').where(ours()).count('* as n').first()).toEqual({ n: 2 * 3 });
    expect(await server.db('slips').where(ours()).whereNotNull('note').first()).toBeDefined();
  });

  it('names the columns it does not know, and ignores them', async () => {
    const columns = [...Object.keys(goodRow), 'barva', 'Opomba'];
    expect(await office.import(billingFile([{}], { columns }))).toMatchObject({
      state: 'draft',
      unknownColumns: ['barva', 'Opomba'],
    });
  });

  it('keeps text that looks like a formula as text', async () => {
    const name = '=HYPERLINK("http://x";"y")';
    await office.import(billingFile([{ placnik: name }]));
    expect(await server.db('payers').where(ours()).pluck('name')).toEqual([name]);
  });

  it('may have 200 items on one slip', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => ({ postavka: `Postavka ${index + 1}` }));
    await office.import(billingFile(rows));
    expect(await server.db('slips').where(ours()).pluck('total_cents')).toEqual([200 * 842]);
  });

  it('updates payers who are known, and leaves alone what it has no column for', async () => {
    await office.import(billingFile([{}]));
    await office.import(billingFile([{ racun: '26110001', placnik: 'Čehovin Žana' }], { columns: required() }));
    expect(await server.db('payers').where(ours())).toMatchObject([
      {
        name: 'Čehovin Žana',
        email: 'zan@example.si',
        channel: 'email',
        street: 'Šišenska cesta 5',
        search: '104217 cehovin zana sisenska cesta 5 zan@example.si',
      },
    ]);
    expect(await server.db('units').where(ours()).pluck('area_m2')).toEqual(['54.30']);
  });
});

describe('the same slips again', () => {
  it('the same file changes nothing and says so', async () => {
    const file = billingFile([{}, slipRow(1)]);
    const first = await office.import(file);
    const before = await digest(server, office.manager.id);
    const again = await office.import(file);
    expect(again).toMatchObject({ state: 'unchanged', unchangedOf: first.id, newSlips: 0, runs: [] });
    expect(await digest(server, office.manager.id)).toBe(before);
    await publish(first.id);
    expect(await office.import(file)).toMatchObject({ state: 'unchanged', unchangedOf: first.id });
  });

  it('another file takes slips over while they are drafts', async () => {
    const first = await office.import(billingFile([{}, slipRow(1)]));
    const second = await office.import(billingFile([slipRow(1, { znesek: '10,00', osnova: '', ddv: '' }), slipRow(2)]));
    expect(second).toMatchObject({ state: 'draft', newSlips: 1, replacedSlips: 1, newPayers: 1 });
    expect(second.runs).toMatchObject([{ slips: 2, totalCents: 1842 }]);
    expect(await office.get(first.id)).toMatchObject({ state: 'draft', runs: [{ slips: 1, totalCents: 842 }] });
    // The first file is not "in" any more: sent again, it takes its slip back.
    const third = await office.import(billingFile([{}, slipRow(1)]));
    expect(third).toMatchObject({ state: 'draft', newSlips: 0, replacedSlips: 2 });
    expect(await office.get(first.id)).toMatchObject({ state: 'replaced', runs: [] });
    expect((await publish(first.id)).problem.code).toBe('import_state');
    expect(await numbers()).toEqual(['26100001', '26100002', '26100003']);
  });

  it('published ones are refused with their row, and nothing is written', async () => {
    const first = await office.import(billingFile([{}]));
    expect((await publish(first.id)).body).toMatchObject({ state: 'published', runs: [{ state: 'published' }] });
    const before = await digest(server, office.manager.id);
    const second = await office.import(billingFile([slipRow(1), { znesek: '9,00', osnova: '', ddv: '' }]));
    expect(second).toMatchObject({
      state: 'refused',
      faultCount: 1,
      faults: [{ row: 3, column: 'racun', value: '26100001', rule: 'slip_published' }],
    });
    expect(await digest(server, office.manager.id)).toBe(before);
  });

  it("another manager's slips of the same numbers are something else", async () => {
    const other = await createOffice(server);
    const theirs = await other.import(billingFile([{}]));
    await server.api(publishImport, { token: other.token, params: { id: theirs.id } });
    expect(await office.import(billingFile([{}]))).toMatchObject({ state: 'draft', newPayers: 1, newSlips: 1 });
  });
});

describe('a draft', () => {
  it('is published once, all at once, by whoever it is', async () => {
    const { id } = await office.import(billingFile([{}, slipRow(1, { obdobje: '2026-09' })]));
    expect((await publish(id)).status).toBe(200);
    expect(await server.db('billing_runs').where(ours()).pluck('state')).toEqual(['published', 'published']);
    expect((await publish(id)).problem).toMatchObject({ status: 409, code: 'import_state' });
    expect((await discard(id)).problem.code).toBe('import_state');
  });

  it('is discarded with all that it alone had brought', async () => {
    await office.import(billingFile([{}]));
    const before = await digest(server, office.manager.id);
    const { id } = await office.import(billingFile([slipRow(1, { stavba: 'Celovška cesta 1' }), slipRow(2)]));
    expect((await discard(id)).body).toMatchObject({ state: 'discarded', runs: [] });
    expect(await digest(server, office.manager.id)).toBe(before);
    expect((await publish(id)).problem.code).toBe('import_state');
  });
});

describe('an upload that breaks off', () => {
  it('leaves neither an import nor a file', async () => {
    const folder = join(server.services.config.dataDir, 'imports');
    const before = await server.db('imports').where(ours());
    const upload = request(server.url + pathOf(createImport), {
      method: 'POST',
      headers: { authorization: `Bearer ${office.token}`, 'content-type': 'text/csv', 'content-length': '1000000' },
    });
    upload.on('error', () => undefined);
    upload.write(billingFile([{}]));
    await eventually(async () => expect(await readdir(folder)).toHaveLength(1));
    upload.destroy();
    await eventually(async () => expect(await readdir(folder)).toEqual([]));
    expect(await server.db('imports').where(ours())).toEqual(before);
    expect(await office.import(billingFile([{}]))).toMatchObject({ state: 'draft' });
  });
});

describe('who may', () => {
  it('nobody sees, publishes or discards the import of another manager', async () => {
    const { id } = await office.import(billingFile([{}]));
    const elsewhere = await createManager(server.db);
    const stranger = await createStaff(server.db, elsewhere.id, 'admin');
    for (const operation of [getImport, publishImport, discardImport]) {
      const answer = await server.api(operation, { token: stranger.token, params: { id } });
      expect(answer.problem).toMatchObject({ status: 404, code: 'not_found' });
    }
    const query = { managerId: office.manager.id };
    expect((await server.api(listImports, { token: stranger.token, query })).problem.code).toBe('forbidden');
    const send = await server.api(createImport, { token: stranger.token, query, bytes: billingFile([{}]) });
    expect(send.problem.code).toBe('forbidden');
  });

  it('not a resident, and not somebody who is not signed in', async () => {
    const resident = await createResident(server.db);
    expect((await server.api(listImports, { token: resident.token })).problem.code).toBe('forbidden');
    expect((await server.api(createImport, { bytes: 'x' })).problem.code).toBe('not_signed_in');
  });
});

describe('GET /office/imports', () => {
  it('lists page by page, newest first', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.unshift((await office.import(billingFile([slipRow(index)]))).id);
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const query: { limit: number; cursor?: string } = cursor ? { limit: 2, cursor } : { limit: 2 };
      const { body } = await server.api(listImports, { token: office.token, query });
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen).toEqual(ids);
  });

  it.each(['x', '["včeraj","x"]', '["2026-99-99T10:00:00.000Z","00000000000000000000000000000000"]', '[1,2]'])(
    'refuses the forged cursor %s',
    async (key) => {
      const cursor = Buffer.from(key).toString('base64url');
      const { problem } = await server.api(listImports, { token: office.token, query: { cursor } });
      expect(problem).toMatchObject({ code: 'invalid_request', fields: [{ path: 'cursor', rule: 'cursor' }] });
    },
  );
});

function required(): string[] {
  return [
    ...['sifra_placnika', 'placnik', 'stavba', 'enota', 'racun', 'obdobje', 'datum_izdaje', 'rok_placila'],
    ...['postavka', 'znesek'],
  ];
}

function windows1250(text: string): Buffer {
  const table = new TextDecoder('windows-1250').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Buffer.from([...text].map((letter) => table.indexOf(letter)));
}
