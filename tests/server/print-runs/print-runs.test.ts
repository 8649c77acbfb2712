import { unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countPrint, getPrintRun, listPrintRuns, type PrintSelection } from '../../../contract/print-runs.ts';
import { PrintRun } from '../../../server/models/print-run.ts';
import { trailOf } from '../../helpers/audit.ts';
import { createManager, createPayer, createResident, createStaff } from '../../helpers/factories.ts';
import { createPrintOffice, numbersIn, type PrintOffice, printRunOf } from '../../helpers/print-runs.ts';
import { pdfInfo } from '../../helpers/read-pdf.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

let server: TestServer;
let office: PrintOffice;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  office = await createPrintOffice(server);
});

const count = async (selection: Partial<PrintSelection>, token = office.clerk.token) =>
  server.api(countPrint, { token, body: { runId: office.run.id, ...selection } });

const printed = async (selection: Partial<PrintSelection>) => {
  const { status, bytes } = await office.print({ selection: { runId: office.run.id, ...selection } });
  expect(status).toBe(200);
  return numbersIn(bytes).sort();
};

describe('a print run', () => {
  it('is one PDF with the slips in postal order', async () => {
    for (const [code, town, street] of [
      ['5', '2000 Maribor', 'Aškerčeva 1'],
      ['4', '1000 Ljubljana', 'Ulica 10'],
      ['30', '1000 Ljubljana', 'Ulica 9'],
      ['2', '1000 Ljubljana', 'Ulica 9'],
      ['1', '1000 Ljubljana', 'Čopova 3'],
    ] as const) {
      await office.payer({ code, town, street });
    }
    const { status, headers, bytes } = await office.print({}, office.clerk.token);
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toBe('application/pdf');
    expect(headers.get('Content-Disposition')).toContain('razdelilniki-2026-10.pdf');
    expect(numbersIn(bytes)).toEqual(['R-1', 'R-2', 'R-30', 'R-4', 'R-5']);
    expect(pdfInfo(bytes)).toMatchObject({ Title: 'Razdelilniki 2026-10', Author: office.manager.name, Pages: '5' });
  });

  it('is told of while and after it is made: a row, the list, the audit trail', async () => {
    await office.payer();
    await office.payer();
    const { headers } = await office.print();
    const { id } = await printRunOf(server, headers);
    const { account, token } = office.admin;
    const expected = {
      ...{ id, runId: office.run.id, period: '2026-10', form: 'pdf', slipPasswords: false, state: 'done' },
      ...{ slips: 2, slipsDone: 2, createdBy: `${account.firstName} ${account.lastName}` },
    };
    const { body } = await server.api(getPrintRun, { token, params: { id } });
    expect(body).toMatchObject(expected);
    expect(Date.parse(body.finishedAt!)).toBeGreaterThanOrEqual(Date.parse(body.createdAt));
    const { headers: later } = await office.print({ form: 'zip' });
    const list = await server.api(listPrintRuns, { token, query: { limit: 1 } });
    expect(list.body.items.map((item) => item.id)).toEqual([(await printRunOf(server, later)).id]);
    const next = await server.api(listPrintRuns, { token, query: { cursor: list.body.nextCursor! } });
    expect(next.body.items).toEqual([body]);
    const trail = await trailOf(server.services, office.manager.id);
    expect(trail.slice(0, 2)).toMatchObject([
      { action: 'print_run.started', actorId: account.id, subjectId: id },
      { action: 'print_run.ended', actorId: null, subjectId: id },
    ]);
    expect(trail.slice(0, 2).map(({ details }) => JSON.parse(details) as unknown)).toEqual([
      { runId: office.run.id, form: 'pdf', slips: 2, issues: false },
      { state: 'done', slips: 2 },
    ]);
  });

  it('as a ZIP has a file for each slip, named by its number, each name once', async () => {
    const first = await office.payer({ code: '1' });
    await office.slipOf(first, 'R 1');
    await office.payer({ code: '2' });
    const { status, headers, bytes } = await office.print({ form: 'zip' });
    expect([status, headers.get('Content-Type')]).toEqual([200, 'application/zip']);
    expect(headers.get('Content-Disposition')).toContain('razdelilniki-2026-10.zip');
    const files = unzipSync(new Uint8Array(bytes));
    expect(Object.keys(files)).toEqual([
      'razdelilnik-2026-10-R-1.pdf',
      'razdelilnik-2026-10-R-1-2.pdf',
      'razdelilnik-2026-10-R-2.pdf',
    ]);
    for (const file of Object.values(files)) {
      const pdf = Buffer.from(file);
      expect(pdfInfo(pdf)['Tagged']).toBe('yes');
      expect(numbersIn(pdf)).toHaveLength(1);
    }
  });
});

describe('what is printed', () => {
  it('is the whole run, or what fulfils every condition', async () => {
    const [east, west] = [await office.building('Vzhodna 1'), await office.building('Zahodna 2')];
    const bank = await office.payer({ code: '1', channel: 'bank' }, east);
    await office.payer({ code: '2', channel: 'none' }, east);
    const registered = await office.payer({ code: '3', channel: 'none' }, west);
    await createResident(server.db, registered);
    const lost = await office.payer({ code: '4', channel: 'email', street: ' ', town: '' }, west);

    expect(await printed({})).toEqual(['R-1', 'R-2', 'R-3', 'R-4']);
    expect(await printed({ buildingIds: [east.buildingId] })).toEqual(['R-1', 'R-2']);
    expect(await printed({ channels: ['none', 'email'] })).toEqual(['R-2', 'R-3', 'R-4']);
    expect(await printed({ payerIds: [bank.id, lost.id, bank.id] })).toEqual(['R-1', 'R-4']);
    expect(await printed({ withoutAccount: true })).toEqual(['R-1', 'R-2', 'R-4']);
    expect(await printed({ buildingIds: [west.buildingId], channels: ['none'] })).toEqual(['R-3']);
    expect(await printed({ buildingIds: [east.buildingId, west.buildingId], withoutAccount: true, payerIds: [lost.id] })).toEqual(['R-4']); // prettier-ignore

    expect((await count({})).body).toEqual({ slips: 4, withoutAccount: 3, incompleteAddresses: 1 });
    expect((await count({ buildingIds: [west.buildingId] })).body).toMatchObject({ slips: 2, withoutAccount: 1 });
    expect((await count({ channels: ['bizbox'] })).body).toEqual({
      slips: 0,
      withoutAccount: 0,
      incompleteAddresses: 0,
    });
  });

  it('has a slip once, with however many units of the buildings it is', async () => {
    const [east, west] = [await office.building('Vzhodna 1'), await office.building('Zahodna 2')];
    const payer = await office.payer({ code: '1' }, east);
    await office.slipOf(payer, 'R-9', west);
    const buildingIds = [east.buildingId, west.buildingId];
    expect(await printed({ buildingIds })).toEqual(['R-1', 'R-9']);
    expect((await count({ buildingIds })).body).toEqual({ slips: 2, withoutAccount: 2, incompleteAddresses: 0 });
  });

  it('is never nothing: that is said, and no row is left', async () => {
    await office.payer();
    const { problem } = await office.print({ selection: { runId: office.run.id, channels: ['imdocs'] } });
    expect(problem).toMatchObject({ code: 'invalid_request', fields: [{ path: 'selection', rule: 'empty' }] });
    expect(await PrintRun.query(server.db).where({ manager_id: office.manager.id })).toEqual([]);
  });

  it("is the manager's own: another one's run is not found, another one's payers and buildings are none", async () => {
    await office.payer();
    const other = await createPrintOffice(server);
    const theirs = await other.payer();
    const foreign = { runId: other.run.id };
    expect((await count(foreign)).problem.code).toBe('not_found');
    expect((await office.print({ selection: foreign })).problem.code).toBe('not_found');
    for (const selection of [{ payerIds: [theirs.id] }, { buildingIds: [other.unit.buildingId] }]) {
      expect((await count(selection)).body.slips).toBe(0);
      expect((await office.print({ selection: { runId: office.run.id, ...selection } })).problem.code).toBe('invalid_request'); // prettier-ignore
    }
    const { headers } = await other.print();
    const { id } = await printRunOf(server, headers);
    expect((await server.api(getPrintRun, { token: office.admin.token, params: { id } })).problem.code).toBe(
      'not_found',
    );
    expect((await server.api(listPrintRuns, { token: office.admin.token })).body.items).toEqual([]);
  });

  it('is said by who works for several managers', async () => {
    await office.payer();
    const elsewhere = await createManager(server.db);
    await createPayer(server.db, elsewhere.id);
    const { token } = await createStaff(server.db, elsewhere.id, 'clerk');
    expect((await count({}, token)).problem.code).toBe('not_found');
  });
});
