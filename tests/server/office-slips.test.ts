import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getSlipAsResident, getSlipPdfAsOffice } from '../../contract/office-slips.ts';
import { getSlip } from '../../contract/slips.ts';
import { AuditEntry } from '../../server/models/audit-entry.ts';
import { BillingRun } from '../../server/models/billing-run.ts';
import type { Payer } from '../../server/models/payer.ts';
import { Slip } from '../../server/models/slip.ts';
import { createManager, createPayer, createResident, createStaff } from '../helpers/factories.ts';
import { readDrawings } from '../helpers/read-operators.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createRun, createWholeSlip } from '../helpers/slip-factories.ts';

let server: TestServer;
let managerId: string;
let payer: Payer;
let staff: Awaited<ReturnType<typeof createStaff>>;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  managerId = (await createManager(server.db)).id;
  payer = await createPayer(server.db, managerId, { channel: 'bank' });
  staff = await createStaff(server.db, managerId, 'clerk');
});

const lookAt = ({ id }: Slip, token = staff.token) => server.api(getSlipAsResident, { token, params: { id } });
const pdfOf = ({ id }: Slip, token = staff.token) => server.api(getSlipPdfAsOffice, { token, params: { id } });

const marksOn = (pdf: Buffer) => readDrawings(pdf).flatMap(({ texts }) => texts.map(({ text }) => text));

const looks = () =>
  AuditEntry.query(server.db).where({ chain: managerId, action: 'slip.viewed_as_resident' }).orderBy('seq');

describe('a slip as its resident sees it', () => {
  it('is what the resident gets, to the letter, and stays unopened', async () => {
    const slip = await createWholeSlip(server.db, payer);
    const { body } = await lookAt(slip);
    expect(body).toMatchObject({ run: { id: slip.runId, state: 'published' }, firstOpenedAt: null });
    expect(await Slip.query(server.db).findById([managerId, slip.id])).toMatchObject({ firstOpenedAt: null });
    const { token } = await createResident(server.db, payer);
    const own = await server.api(getSlip, { token, params: { id: slip.id } });
    expect(body.slip).toEqual(own.body);
    expect(body.slip.paymentOrders[0]?.qrPath).toEqual(expect.any(String));
    expect((await lookAt(slip)).body.firstOpenedAt).toEqual(expect.any(String));
  });

  it('is written into the audit log each time, with whose slip it was, also its PDF', async () => {
    const slip = await createWholeSlip(server.db, payer);
    await lookAt(slip);
    await lookAt(slip);
    await pdfOf(slip);
    const entries = await looks();
    expect(entries).toHaveLength(3);
    for (const entry of entries) {
      expect(entry).toMatchObject({ actorId: staff.account.id, subjectKind: 'payer', subjectId: payer.id });
      expect(JSON.parse(entry.details)).toEqual({ slipId: slip.id, period: slip.period });
    }
  });

  it('is there of a draft too, and its PDF says that it is one', async () => {
    const run = await createRun(server.db, managerId, { state: 'draft' });
    const bare = await createPayer(server.db, managerId, { channel: 'none' });
    const slip = await createWholeSlip(server.db, bare, { runId: run.id });
    const { body } = await lookAt(slip);
    expect(body.run.state).toBe('draft');
    expect(body.slip.paymentOrders[0]?.qrPath).toBeNull();
    const pdf = await pdfOf(slip);
    expect(pdf.status).toBe(200);
    expect(marksOn(pdf.bytes)).toContain('OSNUTEK');
    const published = await createWholeSlip(server.db, bare);
    expect(marksOn((await pdfOf(published)).bytes)).not.toContain('OSNUTEK');
  });

  it("is no one else's, and not there while its run is being written; nothing is noted then", async () => {
    const slip = await createWholeSlip(server.db, payer);
    const { token: stranger } = await createStaff(server.db, (await createManager(server.db)).id, 'admin');
    expect([(await lookAt(slip, stranger)).status, (await pdfOf(slip, stranger)).status]).toEqual([404, 404]);
    await BillingRun.query(server.db)
      .findById([managerId, slip.runId])
      .patch({ state: 'writing' as never });
    expect([(await lookAt(slip)).status, (await pdfOf(slip)).status]).toEqual([404, 404]);
    expect(await looks()).toEqual([]);
  });
});
