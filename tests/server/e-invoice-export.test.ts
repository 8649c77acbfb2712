import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportEInvoices } from '../../contract/e-invoices.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import type { BillingRun } from '../../server/models/billing-run.ts';
import type { Manager } from '../../server/models/manager.ts';
import { createManager, createPayer, createStaff } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createPaymentOrder, createRun, createWholeSlip } from '../helpers/slip-factories.ts';

let server: TestServer;
let manager: Manager;
let run: BillingRun;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
  manager = await createManager(server.db);
  run = await createRun(server.db, manager.id);
  token = (await createStaff(server.db, manager.id, 'clerk')).token;
});

afterAll(() => server.close());

const slipBy = async (given: Parameters<typeof createPayer>[2], slip: Parameters<typeof createWholeSlip>[2] = {}) =>
  createWholeSlip(server.db, await createPayer(server.db, manager.id, given), { runId: run.id, ...slip });

const fetch = (channel: 'bank' | 'bizbox' | 'imdocs', id = run.id) =>
  server.api(exportEInvoices, { token, params: { id }, query: { channel } });

const linesOf = (bytes: Buffer): string[] => {
  const text = bytes.toString();
  expect(text.startsWith('\ufeff')).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  return text.slice(1, -2).split('\r\n');
};

describe("a run's list for the program that sends e-invoices", () => {
  it('has a row for each payment order of the channel, in postal order, and of no other channel', async () => {
    const { id: slipId, ...slip } = await slipBy(
      {
        ...{ channel: 'bank', code: 'B2', name: 'Čehovin Žan', street: 'Zelena ulica 5', town: '2000 Maribor' },
        ...{ taxNumber: '12345679', eInvoiceIban: 'SI56191000000123438' },
      },
      { number: 'R/17', totalCents: 14_345 },
    );
    const fund = { position: 2, iban: 'SI56990000011111127', reference: 'SI00104217-202610', purposeCode: 'BLDM' };
    await createPaymentOrder(server.db, { ...slip, id: slipId } as never, {
      ...{ ...fund, purpose: 'Rezervni sklad; oktober', amountCents: -2_005 },
    });
    await slipBy({ channel: 'bank', code: 'B1', name: '=HYPERLINK("x")', town: '1000 Ljubljana' }, { number: 'R-17' });
    await slipBy({ channel: 'bizbox', code: 'Z1' });
    await slipBy({ channel: 'email', code: 'E1', email: 'a@example.si' });
    const { status, bytes, headers } = await fetch('bank');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [header, ...rows] = linesOf(bytes);
    expect(header?.split(';').length).toBe(19);
    expect(rows).toEqual([
      `B1;"'=HYPERLINK(""x"")";Šmartinska cesta 152;1000 Ljubljana;;;banka;R-17;2026-10;2026-11-05;2026-11-20;123,45;1;SI56020170014356205;SI121042172026067;COST;Razdelilnik 10/2026;123,45;razdelilnik-2026-10-R-17.pdf`,
      `B2;Čehovin Žan;Zelena ulica 5;2000 Maribor;12345679;SI56191000000123438;banka;R/17;2026-10;2026-11-05;2026-11-20;143,45;1;SI56020170014356205;SI121042172026067;COST;Razdelilnik 10/2026;123,45;razdelilnik-2026-10-R-17-2.pdf`,
      `B2;Čehovin Žan;Zelena ulica 5;2000 Maribor;12345679;SI56191000000123438;banka;R/17;2026-10;2026-11-05;2026-11-20;143,45;2;SI56990000011111127;SI00104217-202610;BLDM;"Rezervni sklad; oktober";-20,05;razdelilnik-2026-10-R-17-2.pdf`,
    ]);
  });

  it('is only its header where nobody has the channel', async () => {
    expect(linesOf((await fetch('imdocs')).bytes)).toHaveLength(1);
  });

  it('is not of a draft, which may still be thrown away', async () => {
    const { id } = await createRun(server.db, manager.id, { state: 'draft', period: '2026-11' });
    expect((await fetch('bank', id)).problem).toMatchObject({ status: 409, code: 'run_draft' });
  });

  it('leaves a trail: tax numbers and accounts go out', async () => {
    await fetch('bizbox');
    const deed = await AuditEntry.query(server.db).where('action', 'e_invoice.exported').orderBy('seq', 'desc').first();
    expect(deed?.chain).toBe(manager.id);
    expect(JSON.parse(deed?.details ?? '')).toEqual({ runId: run.id, channel: 'bizbox', slips: 1 });
  });

  it("is not another manager's", async () => {
    const foreign = await createRun(server.db, (await createManager(server.db)).id);
    expect((await fetch('bank', foreign.id)).problem.code).toBe('not_found');
  });

  it('comes whole, however many slips there are', { timeout: 60_000 }, async () => {
    for (let i = 0; i < 520; i += 1) {
      const payer = await createPayer(server.db, manager.id, { channel: 'imdocs', code: `M${i}` });
      await createWholeSlip(server.db, payer, { runId: run.id });
    }
    expect(linesOf((await fetch('imdocs')).bytes)).toHaveLength(521);
  });
});
