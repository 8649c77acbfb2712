import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createImport } from '../../../contract/imports.ts';
import { pathOf } from '../../../contract/endpoint.ts';
import { zip } from '../../helpers/zip-file.ts';
import { billingFile, slipRow, type TestRow } from '../../helpers/billing-file.ts';
import { createOffice, digest, type Office } from '../../helpers/imports.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

/** What offices send by mistake, beyond the single cells of bad-files.test.ts. */
let server: TestServer;
let office: Office;

beforeAll(async () => {
  server = await startTestServer();
  office = await createOffice(server);
});

afterAll(() => server.close());

const text = billingFile([{}, slipRow(1)]);

describe('a file that is no CSV', () => {
  const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();
  const utf16 = Buffer.from(text, 'utf16le');

  it.each([
    ['UTF-16, little end first, with its mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf16'],
    ['UTF-16, big end first, with its mark', swapped(Buffer.from(`\ufeff${text}`, 'utf16le')), 'utf16'],
    ['UTF-16, little end first', utf16, 'utf16'],
    ['UTF-16, big end first', swapped(utf16), 'utf16'],
    ['UTF-8 with a NUL far in', Buffer.from(text + '\u0000'.repeat(10)), 'nul_byte'],
    ['a text that begins with NULs', Buffer.from(`\u0000\u0000\u0000\u0000${text}`), 'nul_byte'],
    ['an old Excel workbook', Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), 'file_kind'],
  ])('%s', async (_, bytes, rule) => {
    const { state, faults } = await office.check(bytes);
    expect([state, faults.map((fault) => fault.rule)]).toEqual(['refused', [rule]]);
  });

  it('a ZIP with a good file in it, named .csv', async () => {
    const { state, faults } = await office.check(zip({ 'razdelilniki.csv': text }));
    expect([state, faults]).toMatchObject(['refused', [{ row: null, rule: 'file_kind' }]]);
    expect(faults[0]?.message).toContain('CSV');
  });

  it('an XLSX', async () => {
    const workbook = { '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>' };
    expect((await office.check(zip(workbook))).faults).toMatchObject([{ row: null, rule: 'file_kind' }]);
  });
});

describe('a line of a gigabyte', () => {
  /** Sends it as it is made, and answers how many bytes of it were asked for. */
  async function sendEndless(piece: string) {
    const bytes = Buffer.from(piece.repeat(Math.ceil(65_536 / piece.length)));
    let sent = 0;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.enqueue(new Uint8Array(Buffer.from(text))),
      pull: async (controller) => {
        if (sent >= 2 ** 30) return controller.close();
        sent += bytes.length;
        // Slower than the server can be: what is in flight must not count as asked for.
        await sleep(1);
        controller.enqueue(new Uint8Array(bytes));
      },
    });
    const headers = { Authorization: `Bearer ${office.token}`, 'Content-Type': 'text/csv' };
    const address = `${server.url}${pathOf(createImport)}`;
    const response = await fetch(address, {
      method: createImport.method,
      headers,
      body,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(202);
    const { id } = (await response.json()) as { id: string };
    await server.services.importJobs.ended(id);
    return { sent, done: await office.get(id) };
  }

  it.each([
    ['without an end', 'x'],
    ['of cells', ';'],
    ['of letters with two bytes', 'č'],
  ])('%s is refused long before its end, by its row', async (_, piece) => {
    const { sent, done } = await sendEndless(piece);
    expect(done.faults).toMatchObject([{ row: 4, column: null, rule: 'row_too_long' }]);
    expect(done).toMatchObject({ state: 'refused', runs: [] });
    expect(sent).toBeLessThan(16 * 2 ** 20);
  });

  it('does not stand in the way of what is sent after it', async () => {
    expect((await office.check(billingFile([{ znesek: '' }]))).faults).toMatchObject([{ rule: 'required' }]);
  });
});

describe('a fault', () => {
  it.each([
    ['znesek', '12,345', 'amount_ambiguous'],
    ['datum_izdaje', '31. 2. 2026', 'no_such_day'],
    ['rok_placila', '30. 2. 2026', 'no_such_day'],
    ['datum_izdaje', '12. 11. 2024', 'period_mismatch'],
    ['obdobje', '2026-99', 'period'],
    ['ddv', '1,50', 'vat_sum'],
  ])('of %s "%s" names its row, column, value and rule, and says what to do', async (column, value, rule) => {
    const { faults } = await office.check(billingFile([slipRow(1), slipRow(2, { [column]: value })]));
    expect(faults).toHaveLength(1);
    const fault = faults[0]!;
    const [at, shown] = rule === 'vat_sum' ? ['znesek', '8,42'] : [column, value];
    expect(fault).toMatchObject({ row: 3, column: at, rule });
    expect(fault.value?.replace(/\s/g, '')).toContain(rule === 'period_mismatch' ? '2024' : shown?.replace(/\s/g, ''));
    expect(fault.message).toMatch(/\.$/);
  });

  it.each([
    ['obdobje', '10/2026', '2026-10'],
    ['datum_izdaje', '12/11/2026', '12.11.2026'],
    ['znesek', '8,42 €', '8,42'],
    ['e_racun', 'e-mail', 'email'],
    ['vrsta_enote', 'stan', 'stanovanje'],
  ])('of %s "%s" has the value that was meant', async (column, value, meant) => {
    const { faults } = await office.check(billingFile([slipRow(1, { [column]: value })]));
    expect(faults).toMatchObject([{ row: 2, column, value, suggestion: meant }]);
    expect((await office.check(billingFile([slipRow(1, { [column]: meant })]))).state).toBe('checked');
  });

  it('of an amount that two people read differently has no value that was meant', async () => {
    const { faults } = await office.check(billingFile([slipRow(1, { znesek: '12,345' })]));
    expect(faults).toMatchObject([{ value: '12,345', suggestion: null }]);
  });

  it('is what the header is when it comes again in the middle', async () => {
    const [header] = text.split('\r\n');
    const { state, faults } = await office.check(
      `${text}${header}\r\n${billingFile([slipRow(3)]).split('\r\n')[1]}\r\n`,
    );
    expect(state).toBe('refused');
    expect(faults.every(({ row }) => row === 4)).toBe(true);
    expect(faults.map(({ rule }) => rule)).toEqual(['header_again']);
  });
});

describe('amounts', () => {
  it.each([
    ['1.234,56', 123_456],
    ['1,234.56', 123_456],
    ['-1.234,56', -123_456],
    ['-0', 0],
  ])('%s is %d cents', async (znesek, cents) => {
    const own = await createOffice(server);
    const { runs } = await own.import(billingFile([{ znesek, osnova: '', ddv: '', ddv_stopnja: '' }]));
    expect(runs).toMatchObject([{ slips: 1, totalCents: cents }]);
    expect(Object.is(runs[0]!.totalCents, -0)).toBe(false);
  });
});

describe('many and at once', () => {
  it('200 items on one slip are all there, in their order', async () => {
    const own = await createOffice(server);
    const rows = Array.from({ length: 200 }, (_, n): TestRow => ({ postavka: `Postavka ${n + 1}` }));
    const { runs } = await own.import(billingFile(rows));
    expect(runs).toMatchObject([{ slips: 1, totalCents: 200 * 842 }]);
    const items = server.db('slip_items').where({ manager_id: own.manager.id }).orderBy('position');
    expect(await items.pluck('description')).toEqual(rows.map(({ postavka }) => postavka));
  });

  it('of two imports of the same run, confirmed at the same time, one is written once', async () => {
    const own = await createOffice(server);
    const file = (znesek: string) => billingFile([{ znesek, osnova: '', ddv: '', ddv_stopnja: '' }]);
    const [first, second] = [await own.check(file('10,00')), await own.check(file('20,00'))];
    expect([first.state, second.state]).toEqual(['checked', 'checked']);
    const answers = await Promise.all([own.confirm(first.id), own.confirm(second.id)]);
    const taken = answers.findIndex(({ status }) => status === 202);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(['import_running', 'import_outdated']).toContain(answers[1 - taken]!.problem.code);
    const winner = [first, second][taken]!;
    await server.services.importJobs.ended(winner.id);
    const cents = [1000, 2000][taken]!;
    expect(await own.get(winner.id)).toMatchObject({ state: 'draft', runs: [{ slips: 1, totalCents: cents }] });
    expect(await server.db('slips').where({ manager_id: own.manager.id }).pluck('total_cents')).toEqual([cents]);
    const slips = server.db('slips').where({ manager_id: own.manager.id }).select('id');
    expect(await server.db('slip_items').whereIn('slip_id', slips).pluck('amount_cents')).toEqual([cents]);
  });

  it('one that is outdated by the other is counted anew, and replaces its slips when it is confirmed again', async () => {
    const own = await createOffice(server);
    const file = (znesek: string) => billingFile([{ znesek, osnova: '', ddv: '', ddv_stopnja: '' }]);
    const [first, second] = [await own.check(file('10,00')), await own.check(file('20,00'))];
    await own.confirm(first.id);
    await server.services.importJobs.ended(first.id);
    expect((await own.confirm(second.id)).problem.code).toBe('import_outdated');
    await server.services.importJobs.ended(second.id);
    expect((await own.confirm(second.id)).status).toBe(202);
    await server.services.importJobs.ended(second.id);
    expect(await own.get(second.id)).toMatchObject({ state: 'draft', replacedSlips: 1, newSlips: 0 });
    expect(await own.get(first.id)).toMatchObject({ state: 'replaced' });
    expect(await server.db('slips').where({ manager_id: own.manager.id }).pluck('total_cents')).toEqual([2000]);
  });
});

describe('formulas in names', () => {
  const formula = '=HYPERLINK("https://zlo.example","Klik")';

  it('are text on the slip, as they stood in the file', async () => {
    const own = await createOffice(server);
    const row = { placnik: formula, postavka: '+SUM(A1)', stavba: '@stavba', enota: '-1', dobavitelj: '=1+1' };
    const { state } = await own.import(billingFile([row]));
    expect(state).toBe('draft');
    const where = { manager_id: own.manager.id };
    expect(await server.db('payers').where(where).pluck('name')).toEqual([formula]);
    expect(await server.db('slip_items').where(where).select('description', 'supplier')).toMatchObject([
      { description: '+SUM(A1)', supplier: '=1+1' },
    ]);
    expect(await server.db('buildings').where(where).pluck('name')).toEqual(['@stavba']);
  });
});

it('leaves nothing of all that is refused', async () => {
  const own = await createOffice(server);
  await own.import(billingFile([slipRow(900)]));
  const before = await digest(server, own.manager.id);
  for (const bad of [billingFile([{ znesek: '12,345' }]), billingFile([{}, { sifra_placnika: '104300' }]), '']) {
    expect((await own.check(bad)).state).toBe('refused');
    expect(await digest(server, own.manager.id)).toBe(before);
  }
});
