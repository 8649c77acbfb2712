import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { downloadAccountData } from '../../contract/account.ts';
import { downloadSlips, getSlip, getSlipPdf, listSlips } from '../../contract/slips.ts';
import { BillingRun } from '../../server/models/billing-run.ts';
import type { Payer } from '../../server/models/payer.ts';
import { RunOpening } from '../../server/models/run-opening.ts';
import { Slip } from '../../server/models/slip.ts';
import { openSlips } from '../../server/modules/slips/openings.service.ts';
import { createManager, createPayer, createResident } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createRun, createSlip, createWholeSlip } from '../helpers/slip-factories.ts';

let server: TestServer;
let managerId: string;
let run: BillingRun;
let payer: Payer;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  managerId = (await createManager(server.db)).id;
  run = await createRun(server.db, managerId);
  payer = await createPayer(server.db, managerId, { channel: 'bank' });
  ({ token } = await createResident(server.db, payer));
});

const openedAt = async ({ id }: Slip): Promise<string | null> =>
  (await Slip.query(server.db).findById([managerId, id]).throwIfNotFound()).firstOpenedAt;

const openings = async (): Promise<Pick<RunOpening, 'day' | 'slips'>[]> =>
  RunOpening.query(server.db).where({ manager_id: managerId, run_id: run.id }).orderBy('day').select('day', 'slips');

const openAt = (iso: string, ...slips: Slip[]) => openSlips({ db: server.db, clock: () => new Date(iso) }, slips);

describe('a slip counts as opened', () => {
  it('from when the resident first gets it, and that moment stays', async () => {
    const slip = await createSlip(server.db, payer, { runId: run.id });
    await server.api(listSlips, { token });
    expect(await openedAt(slip)).toBeNull();
    await server.api(getSlip, { token, params: { id: slip.id } });
    const first = await openedAt(slip);
    expect(first).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
    await server.api(getSlip, { token, params: { id: slip.id } });
    expect(await openedAt(slip)).toBe(first);
    expect(await openings()).toMatchObject([{ slips: 1 }]);
  });

  it('by its PDF, but not where there is none', async () => {
    const slip = await createWholeSlip(server.db, payer, { runId: run.id });
    const bare = await createPayer(server.db, managerId, { channel: 'none' });
    const refused = await createWholeSlip(server.db, bare, { runId: run.id });
    const other = await createResident(server.db, bare);
    expect((await server.api(getSlipPdf, { token, params: { id: slip.id } })).status).toBe(200);
    const { problem } = await server.api(getSlipPdf, { token: other.token, params: { id: refused.id } });
    expect(problem.code).toBe('e_invoice_required');
    expect(await openedAt(slip)).not.toBeNull();
    expect(await openedAt(refused)).toBeNull();
  });

  it('when somebody looks at it, not when their program fetches it ahead', async () => {
    const slip = await createWholeSlip(server.db, payer, { runId: run.id });
    const ahead = { token, params: { id: slip.id }, query: { ahead: '1' as const } };
    expect((await server.api(getSlip, ahead)).status).toBe(200);
    expect((await server.api(getSlipPdf, ahead)).status).toBe(200);
    expect(await openedAt(slip)).toBeNull();
    expect(await openings()).toEqual([]);
    await server.api(getSlip, { token, params: { id: slip.id } });
    expect(await openings()).toMatchObject([{ slips: 1 }]);
  });

  it("by a year's ZIP and by the data of the account, each slip that is in it", async () => {
    const slips = await Promise.all(
      ['2026-09', '2025-10'].map((period) => createWholeSlip(server.db, payer, { runId: run.id, period })),
    );
    await server.api(downloadSlips, { token, params: { year: 2026 } });
    expect(await Promise.all(slips.map(openedAt))).toEqual([expect.any(String), null]);
    await server.api(downloadAccountData, { token });
    expect(await Promise.all(slips.map(openedAt))).toEqual([expect.any(String), expect.any(String)]);
    expect((await openings()).reduce((sum, { slips: some }) => sum + some, 0)).toBe(2);
  });

  it("not by somebody else's asking", async () => {
    const slip = await createSlip(server.db, await createPayer(server.db, managerId), { runId: run.id });
    expect((await server.api(getSlip, { token, params: { id: slip.id } })).status).toBe(404);
    expect(await openedAt(slip)).toBeNull();
  });
});

describe('the openings of a run', () => {
  it('are counted by days in Slovenia', async () => {
    const slips = await Promise.all([1, 2, 3].map(() => createSlip(server.db, payer, { runId: run.id })));
    await openAt('2026-11-05T22:59:59.999Z', slips[0]!);
    await openAt('2026-11-05T23:00:00.000Z', slips[1]!, slips[2]!);
    expect(await openings()).toEqual([
      { day: '2026-11-05', slips: 1 },
      { day: '2026-11-06', slips: 2 },
    ]);
  });

  it('count a slip once, however many ask at once', async () => {
    const slip = await createSlip(server.db, payer, { runId: run.id });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => server.api(getSlip, { token, params: { id: slip.id } })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(await openings()).toMatchObject([{ slips: 1 }]);
  });

  it('take no slip of a run that was taken back meanwhile', async () => {
    const slip = await createSlip(server.db, payer, { runId: run.id });
    await BillingRun.query(server.db).findById([managerId, run.id]).patch({ state: 'draft' });
    await expect(openAt('2026-11-06T10:00:00.000Z', slip)).rejects.toMatchObject({ code: 'not_found' });
    expect(await openedAt(slip)).toBeNull();
    expect(await openings()).toEqual([]);
  });
});
