import { unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { downloadSlips, getSlipPdf, listSlipYears } from '../../contract/slips.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import type { Manager } from '../../server/models/manager.ts';
import type { Payer } from '../../server/models/payer.ts';
import { createManager, createPayer, createResident } from '../helpers/factories.ts';
import { pdfText } from '../helpers/read-pdf.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createRun, createWholeSlip } from '../helpers/slip-factories.ts';

let server: TestServer;
let manager: Manager;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  manager = await createManager(server.db);
});

const payerWith = (channel: Payer['channel'], managerId = manager.id) => createPayer(server.db, managerId, { channel });

async function slipsOf(payer: Payer, ...periods: string[]): Promise<void> {
  for (const period of periods) await createWholeSlip(server.db, payer, { period, number: `${payer.code}/${period}` });
}

const yearsOf = async (token: string, payerId?: string) =>
  (await server.api(listSlipYears, { token, query: payerId === undefined ? {} : { payerId } })).body.items;

const zipOf = (token: string, year: number, payerId?: string) =>
  server.api(downloadSlips, { token, params: { year }, query: payerId === undefined ? {} : { payerId } });

async function namesIn(token: string, year: number, payerId?: string): Promise<string[]> {
  const { status, bytes } = await zipOf(token, year, payerId);
  expect(status).toBe(200);
  return Object.keys(unzipSync(new Uint8Array(bytes)));
}

describe('the years', () => {
  it('are those of published slips of payers with an e-invoice channel, newest first', async () => {
    const payer = await payerWith('bank');
    const bare = await payerWith('none');
    const { token } = await createResident(server.db, payer, bare);
    expect(await yearsOf(token)).toEqual([]);
    await slipsOf(payer, '2025-11', '2025-12', '2026-01');
    await slipsOf(bare, '2024-01');
    const draft = await createRun(server.db, manager.id, { state: 'draft', period: '2027-01' });
    await createWholeSlip(server.db, payer, { period: '2027-01', runId: draft.id });
    const years = [
      { year: 2026, slips: 1 },
      { year: 2025, slips: 2 },
    ];
    expect(await yearsOf(token)).toEqual(years);
    expect(await yearsOf(token, payer.id)).toEqual(years);
    expect(await yearsOf(token, bare.id)).toEqual([]);
  });
});

describe('the ZIP of a year', () => {
  it('has the very PDFs that the portal shows, under the names that the contract gives', async () => {
    const payer = await payerWith('email');
    const { token } = await createResident(server.db, payer);
    await slipsOf(payer, '2025-12', '2026-01');
    const slip = await createWholeSlip(server.db, payer, { period: '2026-10', number: 'R 17/č' });
    const { headers, bytes } = await zipOf(token, 2026);
    expect(headers.get('Content-Type')).toBe('application/zip');
    expect(headers.get('Content-Disposition')).toBe('attachment; filename="razdelilniki-2026.zip"');
    const files = unzipSync(new Uint8Array(bytes));
    const january = `razdelilnik-2026-01-${payer.code}-2026-01.pdf`;
    expect(Object.keys(files)).toEqual(['razdelilnik-2026-10-R-17-c.pdf', january]);
    const one = await server.api(getSlipPdf, { token, params: { id: slip.id } });
    expect(pdfText(Buffer.from(files['razdelilnik-2026-10-R-17-c.pdf'] ?? []))).toBe(pdfText(one.bytes));
    expect(one.headers.get('Content-Disposition')).toContain('razdelilnik-2026-10-R-17-c.pdf');
  });

  it('is of all payers that have a channel, at every manager, or of the one that was named', async () => {
    const elsewhere = await createManager(server.db);
    const [first, second, bare] = [
      await payerWith('email'),
      await payerWith('imdocs', elsewhere.id),
      await payerWith('none'),
    ];
    const { token } = await createResident(server.db, first, second, bare);
    for (const payer of [first, second, bare]) await slipsOf(payer, '2026-10');
    const nameOf = ({ code }: Payer) => `razdelilnik-2026-10-${code}-2026-10.pdf`;
    expect((await namesIn(token, 2026)).sort()).toEqual([nameOf(first), nameOf(second)].sort());
    expect(await namesIn(token, 2026, second.id)).toEqual([nameOf(second)]);
  });

  it('names no two files alike, nor so that a disk without capitals could not tell them apart', async () => {
    const payer = await payerWith('email');
    const { token } = await createResident(server.db, payer);
    for (const number of ['r/1', 'R-1', 'R 1']) await createWholeSlip(server.db, payer, { number });
    const names = await namesIn(token, 2026);
    expect(new Set(names.map((name) => name.toLowerCase()))).toEqual(
      new Set(['razdelilnik-2026-10-r-1.pdf', 'razdelilnik-2026-10-r-1-2.pdf', 'razdelilnik-2026-10-r-1-3.pdf']),
    );
  });

  it('goes on beyond a page of the list', async () => {
    const payer = await payerWith('email');
    const { token } = await createResident(server.db, payer);
    const run = await createRun(server.db, manager.id);
    for (let count = 0; count < 103; count += 1) {
      await createWholeSlip(server.db, payer, { runId: run.id, number: `R${count}` });
    }
    const names = await namesIn(token, 2026);
    expect(new Set(names).size).toBe(103);
  });

  it('is not there where there is no slip, no channel, or nobody of one’s own', async () => {
    const payer = await payerWith('none');
    const { token } = await createResident(server.db, payer);
    await slipsOf(payer, '2026-10');
    const stranger = await payerWith('email');
    await slipsOf(stranger, '2026-10');
    for (const answer of [await zipOf(token, 2026), await zipOf(token, 2025), await zipOf(token, 2026, stranger.id)]) {
      expect([answer.status, answer.problem.code]).toEqual([404, 'not_found']);
    }
    expect((await zipOf(token, 1999)).problem.code).toBe('invalid_request');
  });

  it('is written down, and not fetched without end', async () => {
    const payer = await payerWith('email');
    const { account, token } = await createResident(server.db, payer);
    await slipsOf(payer, '2026-10');
    let last = await zipOf(token, 2026);
    const [deed] = await AuditEntry.query(server.db).where({ actor_id: account.id });
    expect([deed?.action, JSON.parse(deed?.details ?? '')]).toEqual(['slips.downloaded', { slips: 1, year: 2026 }]);
    for (let count = 0; count < 20; count += 1) last = await zipOf(token, 2026);
    expect([last.status, last.problem.code]).toEqual([429, 'rate_limited']);
  });
});
