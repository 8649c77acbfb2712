import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { downloadFaultyRows } from '../../../contract/imports.ts';
import { days, later, toInstant } from '../../../server/db/time.ts';
import { FaultyRows } from '../../../server/models/faulty-rows.ts';
import { suggest } from '../../../server/modules/imports/billing-file/suggest.ts';
import { forgetExpired } from '../../../server/retention.ts';
import { billingFile, goodRow, slipRow } from '../../helpers/billing-file.ts';
import { createOffice, type Office } from '../../helpers/imports.ts';
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

const ask = (id: string, token = office.token) => server.api(downloadFaultyRows, { token, params: { id } });

async function download(id: string): Promise<string> {
  const answer = await ask(id);
  expect(answer.status).toBe(200);
  return Buffer.from(answer.bytes).toString('utf8');
}

describe('the faulty rows of a file', () => {
  it('come with all their reasons, and can be corrected and sent again', async () => {
    const name = '=HYPERLINK("http://x";"Čehovin; d.o.o.")';
    const bad = { placnik: name, znesek: '8,42 EUR', datum_izdaje: '12/11/2026' };
    const refused = await office.check(billingFile([bad, slipRow(1), slipRow(2, { e_racun: 'elektronska pošta' })]));
    expect(refused).toMatchObject({ state: 'refused', faultyRows: 2, faultCount: 3 });
    expect(refused.faults.map(({ suggestion }) => suggestion)).toEqual(
      expect.arrayContaining(['12.11.2026', '8,42', 'email']),
    );
    const text = await download(refused.id);
    expect(text.startsWith('\ufeffrazlog;sifra_placnika;placnik;')).toBe(true);
    const [, first, second] = text.split('\r\n');
    expect(first).toContain('datum_izdaje: To ni datum.');
    expect(first).toContain('Predlog: 12.11.2026 | znesek: To ni znesek.');
    expect(second).toContain('Predlog: email');
    const corrected = text
      .replace('8,42 EUR', '8,42')
      .replace('12/11/2026', '12.11.2026')
      .replace('elektronska pošta', 'email')
      .replace(';;email;', ';dva@example.si;email;');
    const again = await office.import(corrected);
    expect(again).toMatchObject({ state: 'draft', newSlips: 2, unknownColumns: [] });
    const [payer] = (await server.db('payers').where({ manager_id: office.manager.id, code: '104217' })) as {
      name: string;
    }[];
    expect(payer!.name).toBe(name);
  });

  it('have no cell that a spreadsheet computes, and come back as they were', async () => {
    const texts = {
      placnik: '=1+1',
      naslov: '+38640',
      kraj: '@SUM(A1)',
      stavba: '-2+3',
      enota: "'-1",
      dobavitelj: "'bio",
    };
    const bad = { ...texts, '=SUM(B:B)': '\t=2', osnova: '-6,90', ddv: '-1,52', znesek: '-8,42 EUR' };
    const columns = [...Object.keys(goodRow), '=SUM(B:B)'];
    const refused = await office.check(billingFile([bad], { columns }));
    const cells = (await download(refused.id)).split('\r\n')[1]!.split(';');
    expect(cells).toEqual(expect.arrayContaining(["'=1+1", "'+38640", "'@SUM(A1)", "'-2+3", "'-1", "'bio"]));
    expect(cells).toEqual(expect.arrayContaining(["'\t=2", '-6,90', '-1,52', "'-8,42 EUR"]));
    const again = await office.import((await download(refused.id)).replace("'-8,42 EUR", '-8,42'));
    expect(again).toMatchObject({ faults: [], state: 'draft', unknownColumns: ['=SUM(B:B)'] });
    const where = { manager_id: office.manager.id };
    const payer = { name: '=1+1', street: '+38640', town: '1000 @SUM(A1)' };
    expect(await server.db('payers').where(where).select('name', 'street', 'town')).toEqual([payer]);
    expect(await server.db('buildings').where(where).pluck('name')).toEqual(['-2+3']);
    expect(await server.db('units').where(where).pluck('name')).toEqual(['-1']);
    const amounts = { supplier: "'bio", base_cents: -690, vat_cents: -152, amount_cents: -842 };
    expect(await server.db('slip_items').where(where).select(Object.keys(amounts))).toEqual([amounts]);
  });

  it('keep the shape that is wrong with them', async () => {
    const file = billingFile([{}]).replace(/;\r\n$/, '\r\n');
    const refused = await office.check(file);
    expect(refused.faults).toMatchObject([{ rule: 'column_count', suggestion: null }]);
    const [header, row] = (await download(refused.id)).split('\r\n');
    expect(row!.split(';')).toHaveLength(header!.split(';').length - 1);
  });

  it('are found again in the file when only other rows show that they are wrong', async () => {
    const refused = await office.check(billingFile([{}, { postavka: 'Voda', rok_placila: '1. 12. 2026' }]));
    expect(refused).toMatchObject({ state: 'refused', faultyRows: 1 });
    expect((await download(refused.id)).split('\r\n')[1]).toContain('rok_placila: Isti razdelilnik');
  });

  it('are not there without any, nor for other offices, nor for ever', async () => {
    const headless = await office.check('a;b\r\n1;2\r\n');
    expect(headless).toMatchObject({ state: 'refused', faultyRows: 0 });
    expect((await ask(headless.id)).problem.code).toBe('not_found');
    const refused = await office.check(billingFile([{ znesek: 'x' }]));
    expect((await ask(refused.id, (await createOffice(server)).token)).problem.code).toBe('not_found');
    const old = { created_at: toInstant(later(new Date(), -31 * days)) };
    await server.db('import_faulty_rows').where({ import_id: refused.id }).update(old);
    await forgetExpired(server.services);
    expect(await FaultyRows.query(server.db).findById([office.manager.id, refused.id])).toBeUndefined();
    expect((await office.get(refused.id)).faultyRows).toBe(0);
  });
});

describe('a suggestion', () => {
  it.each([
    ['amount', 'znesek', '1 234,56 €', '1234,56'],
    ['amount', 'znesek', "1'234.56", '1234.56'],
    ['amount_decimals', 'znesek', '12,3456', '12,35'],
    ['amount_ambiguous', 'znesek', '12,345', null],
    ['amount', 'znesek', 'sto', null],
    ['date', 'datum_izdaje', '5.7.26', '05.07.2026'],
    ['date', 'rok_placila', '2026/7/5', '05.07.2026'],
    ['no_such_day', 'rok_placila', '31. 2. 2026', null],
    ['period', 'obdobje', '10/2026', '2026-10'],
    ['period', 'obdobje', '202610', '2026-10'],
    ['period', 'obdobje', '13/2026', null],
    ['channel', 'e_racun', 'e-mail', 'email'],
    ['channel', 'e_racun', 'bizbx', 'bizbox'],
    ['channel', 'e_racun', 'golob', null],
    ['iban', 'nalog_iban', 'SI56-9900-0001-1111-127', 'SI56990000011111127'],
    ['iban', 'nalog_iban', 'SI56990000011111128', null],
    ['mixed_encoding', 'placnik', 'ÄŚehovin Ĺ˝an', 'Čehovin Žan'],
    ['email', 'e_posta', 'zan@example,si', 'zan@example.si'],
    ['purpose_code', 'koda_namena', 'cost', 'COST'],
    ['unit_kind', 'vrsta_enote', 'stanovanja', 'stanovanje'],
    ['required', 'placnik', '', null],
    ['due_before_issue', 'rok_placila', '2026-01-01', null],
  ])('for %s in %s: %s', (rule, column, value, expected) => {
    expect(Object.keys(goodRow)).toContain(column);
    expect(suggest({ rule, column, value })).toBe(expected);
  });
});
