import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createImport } from '../../../contract/imports.ts';
import { billingFile, fund, fundItem, goodRow, openItem, slipRow, type TestRow } from '../../helpers/billing-file.ts';
import { createOffice, digest, type Office } from '../../helpers/imports.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

let server: TestServer;
let office: Office;

beforeAll(async () => {
  server = await startTestServer({ config: { importMaxBytes: 3 * 1024 * 1024 } });
  office = await createOffice(server);
  // Something that must not change.
  await office.import(billingFile([slipRow(900), slipRow(901)]));
});

afterAll(() => server.close());

type Expected = readonly [row: number | null, column: string | null, rule: string];

/** Sends a file that must be refused with exactly these faults, and must leave no trace. */
async function expectRefused(file: string | Buffer, ...expected: Expected[]): Promise<void> {
  const before = await digest(server, office.manager.id);
  const done = await office.import(file);
  expect(done.faults.map(({ row, column, rule }) => [row, column, rule])).toEqual(expected);
  expect(done).toMatchObject({ state: 'refused', faultCount: expected.length, runs: [], newSlips: 0, newPayers: 0 });
  expect(done.faults.every(({ message }) => message.length > 10)).toBe(true);
  expect(done.progress.phase).toBe('done');
  expect(await digest(server, office.manager.id)).toBe(before);
}

/** A good row, a faulty one, a good one. */
const withFault = (fault: TestRow): string => billingFile([{}, slipRow(1, fault), slipRow(2)]);
const text = billingFile([{}]);

describe('a file that is none', () => {
  it.each([
    ['empty', '', [null, null, 'empty_file']],
    ['a header alone', text.split('\r\n')[0]!, [1, null, 'header_only']],
    ['with commas', text.replaceAll(',', '.').replaceAll(';', ','), [1, null, 'wrong_delimiter']],
    ['with tabs', text.replaceAll(';', '\t'), [1, null, 'wrong_delimiter']],
    ['a ZIP or XLSX', Buffer.from('PK\u0003\u0004xl/workbook.xml'), [null, null, 'file_kind']],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), [null, null, 'utf16']],
    ['with a NUL', text.replace('Upravljanje', 'Uprav\u0000ljanje'), [null, null, 'nul_byte']],
    ['without a column', billingFile([{}], { columns: without('znesek') }), [1, 'znesek', 'missing_column']],
    ['with a column twice', billingFile([{}], { columns: [...without(), 'ZNESEK'] }), [1, 'znesek', 'doubled_column']],
    ['with an endless row', `${text}${'x'.repeat(2_000_000)}`, [3, null, 'row_too_long']],
    ['with an open quote', text.replace('Upravljanje', `"${'y;'.repeat(50_000)}`), [2, null, 'row_too_long']],
    ['that ends inside quotes', text.replace('Upravljanje', '"Upravljanje'), [2, null, 'quotes']],
  ] as const)('%s', async (_, file, fault) => expectRefused(file, fault));

  it('without several columns names them all', () =>
    expectRefused('racun;obdobje\r\n1;2026-10\r\n', ...['sifra_placnika', 'placnik', 'stavba', 'enota', 'datum_izdaje', 'rok_placila', 'postavka', 'znesek'].map((name): Expected => [1, name, 'missing_column']))); // prettier-ignore

  it('of UTF-8 and Windows-1250 pasted together', () => {
    const [header, row] = text.split('\r\n');
    const second = row!.replace('104217', '104218').replaceAll('26100001', '26100002').replace('Čehovin', 'Kos');
    const pasted = Buffer.concat([Buffer.from(`${header}\r\n${row}\r\n`), Buffer.from(second, 'latin1')]);
    const mixed = Buffer.concat([pasted, Buffer.from([0x0d, 0x0a, 0xc8, 0x0d, 0x0a])]);
    return office.import(mixed).then(({ state, faults }) => {
      expect(state).toBe('refused');
      expect(faults[0]).toMatchObject({ row: 2, column: 'placnik', rule: 'mixed_encoding' });
    });
  });

  it('larger than the limit is not taken', async () => {
    const { status, problem } = await office.send('x'.repeat(4 * 1024 * 1024));
    expect([status, problem.code]).toEqual([413, 'body_too_large']);
    expect(await server.db('imports').where({ state: 'checking' })).toEqual([]);
  });

  it('of another media type is not taken', async () => {
    const headers = { 'Content-Type': 'application/zip' };
    const { problem } = await server.api(createImport, { token: office.token, bytes: text, headers });
    expect(problem.code).toBe('unsupported_media_type');
  });
});

describe('a faulty cell', () => {
  it.each([
    ['sifra_placnika', '', 'required'],
    ['sifra_placnika', 'a b', 'payer_code'],
    ['placnik', ' ', 'required'],
    ['placnik', 'Иван Петров', 'characters'],
    ['placnik', 'x'.repeat(201), 'too_long'],
    ['placnik', 'Žan\u200bČehovin', 'invisible_characters'],
    ['posta', '1000 Ljubljana', 'post_code'],
    ['davcna_stevilka', 'SI 12-34', 'tax_number'],
    ['e_posta', 'zan@', 'email'],
    ['e_racun', 'golob', 'channel'],
    ['e_racun', 'constructor', 'channel'],
    ['vrsta_enote', '__proto__', 'unit_kind'],
    ['vrsta_enote', 'grad', 'unit_kind'],
    ['povrsina_m2', '-5', 'negative'],
    ['osebe', 'dve', 'decimal'],
    ['obdobje', '10/2026', 'period'],
    ['obdobje', '2026-13', 'period'],
    ['datum_izdaje', '31. 2. 2026', 'no_such_day'],
    ['datum_izdaje', '12/11/2026', 'date'],
    ['datum_izdaje', '12. 11. 2025', 'period_mismatch'],
    ['rok_placila', '1. 11. 2026', 'due_before_issue'],
    ['znesek', '', 'required'],
    ['znesek', '12,345', 'amount_ambiguous'],
    ['znesek', '8,42 €', 'amount'],
    ['znesek', '8,43', 'vat_sum'],
    ['znesek_stavbe', '1.234.567', 'amount'],
    ['kolicina', '1,2345678', 'decimal'],
    ['nalog_iban', 'SI56990000011111127', 'order_incomplete'],
    ['nalog_iban', 'SI56990000011111128', 'iban'],
    ['nalog_sklic', 'SI121042172026105', 'order_incomplete'],
    ['nalog_sklic', 'SI121042172026104', 'reference'],
    ['koda_namena', 'cost', 'purpose_code'],
    ['namen', 'x'.repeat(43), 'too_long'],
    ['postavka', 'Voda 💧', 'unprintable'],
    ['stavba', 'Ulica 北京', 'unprintable'],
    ['enota', '12\ue000', 'unprintable'],
    ['dobavitelj', 'Δέλτα 🏠', 'unprintable'],
    ['kljuc', 'po ⚖', 'unprintable'],
    ['obvestilo', 'Lep dan 🙂', 'unprintable'],
    ['obvestilo', 'x'.repeat(501), 'too_long'],
    ['obvestilo', 'prva\ndruga', 'invisible_characters'],
    ['vrsta_vrstice', 'odprta', 'row_kind'],
    ['zapadlo', '31. 10. 2026', 'due_of_item'],
    ['zapadlo', '31. 2. 2026', 'no_such_day'],
    ['sklad_stanje', '12,345', 'amount_ambiguous'],
  ])('%s: %s', async (column, value, rule) => {
    const at = rule === 'order_incomplete' ? otherOf(column) : column;
    await expectRefused(withFault({ [column]: value }), [3, at, rule]);
  });

  it('of a fund whose parts do not make its balance', () =>
    expectRefused(withFault({ ...fund, sklad_stanje: '-149,51' }), [3, 'sklad_stanje', 'fund_sum']));

  it('of a fund without its balance', () =>
    expectRefused(withFault({ sklad_zacetek: '5,00' }), [3, 'sklad_stanje', 'required']));

  it('of an open item that asks for a payment order', () =>
    expectRefused(
      billingFile([{}, { ...openItem, nalog_iban: 'SI56990000011111127', namen: 'Dolg' }]),
      [3, 'nalog_iban', 'open_item_order'],
      [3, 'namen', 'open_item_order'],
    ));

  it('is shown with its value, cut', async () => {
    const { faults } = await office.import(withFault({ placnik: `${'x'.repeat(300)}` }));
    expect(faults[0]).toMatchObject({ row: 3, column: 'placnik', value: `${'x'.repeat(100)}…` });
  });

  it('too many or too few cells', async () => {
    const lines = text.split('\r\n');
    await expectRefused([lines[0], `${lines[1]};odveč`, ''].join('\r\n'), [2, null, 'column_count']);
    await expectRefused([lines[0], 'samo;dve', ''].join('\r\n'), [2, null, 'column_count']);
  });

  it('all faults are counted, the first 200 shown, in the order of the file', async () => {
    const rows = Array.from({ length: 350 }, (_, index) => slipRow(index, { znesek: 'x' }));
    const { faultCount, faults } = await office.import(billingFile(rows));
    expect([faultCount, faults.length]).toEqual([350, 200]);
    expect(faults.map(({ row }) => row)).toEqual(Array.from({ length: 200 }, (_, index) => index + 2));
  });

  it('a payer code that the reference template has no room for', () =>
    expectRefused(withFault({ sifra_placnika: '1234567' }), [3, 'nalog_sklic', 'reference_template']));
});

describe('rows that contradict each other', () => {
  it.each([
    ['two payers on one slip', { sifra_placnika: '104300', placnik: 'Kdo Drug', e_posta: '' }, 'sifra_placnika'],
    ['two periods', { obdobje: '2026-11' }, 'obdobje'],
    ['two issue dates', { datum_izdaje: '13. 11. 2026' }, 'datum_izdaje'],
    ['two notes', { obvestilo: 'Drugo.' }, 'obvestilo'],
    ['two due dates', { rok_placila: '1. 12. 2026' }, 'rok_placila'],
  ])('%s', (_, change, column) => expectRefused(billingFile([{}, slipRow(5), change]), [4, column, 'slip_conflict']));

  it.each([
    ['two names', { placnik: 'Čehovin Jan' }, 'placnik'],
    ['names that differ in case', { placnik: 'ČEHOVIN ŽAN' }, 'placnik'],
    ['two addresses', { naslov: 'Celovška cesta 1' }, 'naslov'],
    ['two channels', { e_racun: '' }, 'e_racun'],
  ])('one payer with %s', (_, change, column) =>
    expectRefused(billingFile([{}, { racun: '26100009', ...change }]), [3, column, 'payer_conflict']),
  );

  it('one unit of two kinds', () =>
    expectRefused(billingFile([{}, { vrsta_enote: 'garaza' }]), [3, 'vrsta_enote', 'unit_conflict']));

  it('a slip of open items alone', () =>
    expectRefused(billingFile([{}, { ...openItem, racun: '26100009' }]), [3, 'racun', 'no_items']));

  it('a slip whose only item was refused lacks none besides', () =>
    expectRefused(billingFile([{ znesek: 'x' }, openItem]), [2, 'znesek', 'amount']));

  it('the fund of a building with two balances in one period', () =>
    expectRefused(
      billingFile([fund, slipRow(1), slipRow(2, { ...fund, sklad_zacetek: '', sklad_stanje: '0,00' })]),
      [4, 'sklad_zacetek', 'fund_conflict'],
      [4, 'sklad_stanje', 'fund_conflict'],
    ));

  it('one payment order with two purposes', () => {
    const second = { ...fundItem, postavka: 'Drugo', namen: 'Nekaj drugega' };
    return expectRefused(billingFile([fundItem, second]), [3, 'namen', 'order_conflict']);
  });

  it('a payment order of more than a UPN can carry', () => {
    const huge = { znesek: '600000000,00', osnova: '', ddv: '' };
    return expectRefused(billingFile([huge, { ...huge, postavka: 'Voda' }]), [2, 'znesek', 'order_amount']);
  });

  it('faults of rows and between rows are reported together', () =>
    expectRefused(
      billingFile([{}, slipRow(1, { znesek: 'x' }), { obdobje: '2026-11' }]),
      [3, 'znesek', 'amount'],
      [4, 'obdobje', 'slip_conflict'],
    ));
});

function without(name?: string): string[] {
  return Object.keys(goodRow).filter((column) => column !== name);
}

const otherOf = (column: string): string => (column === 'nalog_iban' ? 'nalog_sklic' : 'nalog_iban');
