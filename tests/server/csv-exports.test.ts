import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportAudit } from '../../contract/audit.ts';
import { exportEInvoices } from '../../contract/e-invoices.ts';
import { isBinary, type Endpoint } from '../../contract/endpoint.ts';
import { downloadFaultyRows, publishImport } from '../../contract/imports.ts';
import { exportPayers } from '../../contract/payers.ts';
import { issueSlipPasswords } from '../../contract/slip-passwords.ts';
import { billingFile, slipRow } from '../helpers/billing-file.ts';
import { createStaff } from '../helpers/factories.ts';
import { createOffice } from '../helpers/imports.ts';
import { allOperations } from '../helpers/operations.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';

/** What a billing file may bring into any text, and what a spreadsheet would do with it. */
const formulas = ['=HYPERLINK("https://zlo.example";"Klik")', '+38640111222', '-2+3+cmd|x', '@SUM(A1:A9)'];

let server: TestServer;
let token: string;
let runId: string;
let refusedId: string;

beforeAll(async () => {
  server = await startTestServer();
  const office = await createOffice(server);
  const admin = await createStaff(server.db, office.manager.id, 'admin');
  token = admin.token;
  await server.db('accounts').where({ id: admin.account.id }).update({ first_name: formulas[0] });
  const rows = formulas.map((formula, index) =>
    slipRow(index, {
      ...{ placnik: formula, naslov: formula, kraj: formula, stavba: formula, enota: formula },
      ...{ e_racun: 'banka', postavka: formula, racun: `R-${index}` },
    }),
  );
  const { id, runs } = await office.import(billingFile(rows));
  refusedId = (await office.check(billingFile(rows.map((row) => ({ ...row, znesek: '-8,42 EUR', osnova: '-6,90' })))))
    .id;
  runId = runs[0]!.id;
  expect((await server.api(publishImport, { token, params: { id } })).status).toBe(200);
});

afterAll(() => server.close());

const asCsv = { Accept: 'text/csv' };

const exports = {
  'audit.export': () => server.api(exportAudit, { token }),
  'imports.faultyRows': () => server.api(downloadFaultyRows, { token, params: { id: refusedId } }),
  'payers.export': () => server.api(exportPayers, { token }),
  'runs.eInvoices': () => server.api(exportEInvoices, { token, params: { id: runId }, query: { channel: 'bank' } }),
  'slipPasswords.issue': () =>
    server.api(issueSlipPasswords, { token, body: { allWithoutAccount: true }, headers: asCsv }),
};

function cellsOf(text: string): string[] {
  const cells = text.slice(1).matchAll(/(?:^|;|\r\n)(?:"((?:[^"]|"")*)"|([^;\r\n]*))/g);
  return [...cells].map(([, inQuotes, plain]) => inQuotes?.replaceAll('""', '"') ?? plain ?? '');
}

describe('lists for spreadsheets', () => {
  it('are all tried here', () => {
    const isCsv = (media?: Endpoint['response']) =>
      media !== undefined && isBinary(media) && media.binary.includes('text/csv');
    const lists = allOperations.filter(({ response, alternative }) => isCsv(response) || isCsv(alternative));
    expect(lists.map(({ id }) => id).sort()).toEqual(Object.keys(exports).sort());
  });

  it.each(Object.entries(exports))('%s has no cell that is computed', async (id, ask) => {
    const { status, bytes, headers } = await ask();
    expect([status < 300, headers.get('Content-Type')]).toEqual([true, 'text/csv; charset=utf-8']);
    const cells = cellsOf(bytes.toString());
    // They are there, or nothing would be shown here.
    for (const formula of id === 'audit.export' ? formulas.slice(0, 1) : formulas) {
      expect(cells.filter((cell) => cell.startsWith(`'${formula}`)).length).toBeGreaterThan(0);
    }
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell) && !/^-\d+,\d\d$/.test(cell))).toEqual([]);
  });
});
