import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { QueryInput } from '../../contract/endpoint.ts';
import { getRun, getRunRecipients, listRuns, listRunSlips } from '../../contract/runs.ts';
import { getSlip } from '../../contract/slips.ts';
import { BillingRun } from '../../server/models/billing-run.ts';
import type { Payer } from '../../server/models/payer.ts';
import { RunBuilding } from '../../server/models/run-building.ts';
import { recipientsOf } from '../../server/modules/runs/run-recipients.queries.ts';
import { payerSearchText } from '../../server/modules/payers/search-text.ts';
import { createManager, createPayer, createResident, createStaff, type Given } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createItem, createRun, createSlip, createUnit } from '../helpers/slip-factories.ts';

let server: TestServer;
let managerId: string;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  managerId = (await createManager(server.db)).id;
  ({ token } = await createStaff(server.db, managerId, 'clerk'));
});

async function payerWith(given: Given<Payer> = {}): Promise<Payer> {
  const payer = await createPayer(server.db, managerId, given);
  await server
    .db('payers')
    .where({ id: payer.id })
    .update({ search: payerSearchText(payer) });
  return payer;
}

const runsOf = async () => (await server.api(listRuns, { token })).body.items;

describe('the list of runs', () => {
  it('says what the slips come to, what is published of the month and by whom, and how many were opened', async () => {
    const { account } = await createStaff(server.db, managerId, 'admin');
    const published = { publishedAt: '2026-11-05 08:00:00.000', publishedBy: account.id };
    const run = await createRun(server.db, managerId, published);
    const draft = await createRun(server.db, managerId, { state: 'draft' });
    const payer = await payerWith();
    const resident = await createResident(server.db, payer);
    const slip = await createSlip(server.db, payer, { runId: run.id, totalCents: 1_000 });
    await createSlip(server.db, payer, { runId: run.id, totalCents: 234 });
    await createSlip(server.db, payer, { runId: draft.id, totalCents: 5 });
    await server.api(getSlip, { token: resident.token, params: { id: slip.id } });
    const runs = await runsOf();
    const shared = { period: '2026-10', ofPeriod: { slips: 3, publishedSlips: 2 } };
    expect(runs.find(({ id }) => id === run.id)).toEqual({
      ...{ ...shared, id: run.id, importId: run.importId, state: 'published', slips: 2, totalCents: 1_234 },
      ...{ publishedAt: '2026-11-05T08:00:00.000Z', publishedBy: `${account.firstName} ${account.lastName}` },
      openedSlips: 1,
    });
    expect(runs.find(({ id }) => id === draft.id)).toMatchObject({
      ...{ ...shared, state: 'draft', slips: 1, totalCents: 5, openedSlips: 0 },
      ...{ publishedAt: null, publishedBy: null },
    });
  });

  it('goes through all pages by period, and knows no run that is being written', async () => {
    for (const period of ['2026-08', '2026-10', '2026-09']) await createRun(server.db, managerId, { period });
    const writing = await createRun(server.db, managerId, { period: '2026-11', state: 'writing' as never });
    const first = await server.api(listRuns, { token, query: { limit: 2 } });
    const rest = await server.api(listRuns, { token, query: { limit: 2, cursor: first.body.nextCursor! } });
    const periods = [...first.body.items, ...rest.body.items].map(({ period }) => period);
    expect(periods).toEqual(['2026-10', '2026-09', '2026-08']);
    expect((await server.api(getRun, { token, params: { id: writing.id } })).status).toBe(404);
  });
});

describe('one run', () => {
  it('says its buildings by name, and apart from that its channels and how many have no account', async () => {
    const run = await createRun(server.db, managerId);
    const unit = await createUnit(server.db, managerId);
    await RunBuilding.query(server.db).insert({
      ...{ managerId, runId: run.id, buildingId: unit.buildingId, slips: 3, totalCents: 900 },
    });
    const registered = await payerWith({ channel: 'bank' });
    await createResident(server.db, registered);
    for (const payer of [registered, await payerWith({ channel: 'bank' }), await payerWith({ channel: 'none' })]) {
      await createSlip(server.db, payer, { runId: run.id });
    }
    const { body } = await server.api(getRun, { token, params: { id: run.id } });
    expect(body.buildings).toMatchObject([{ id: unit.buildingId, slips: 3 }]);
    const recipients = (await server.api(getRunRecipients, { token, params: { id: run.id } })).body;
    expect([...recipients.channels].sort((a, b) => b.slips - a.slips)).toEqual([
      { channel: 'bank', slips: 2 },
      { channel: 'none', slips: 1 },
    ]);
    expect(recipients.withoutAccount).toBe(2);
    const sorted = ({ channels }: typeof recipients) => channels.toSorted((a, b) => b.slips - a.slips);
    const inPieces = await recipientsOf(server.db, run, 1);
    expect([sorted(inPieces), inPieces.withoutAccount]).toEqual([sorted(recipients), 2]);
  });
});

describe("a run's slips", () => {
  let run: BillingRun;

  beforeEach(async () => {
    run = await createRun(server.db, managerId);
  });

  type Filter = QueryInput<typeof listRunSlips>;

  const slipsOf = async (query: Filter = {}) => {
    const { status, body } = await server.api(listRunSlips, { token, params: { id: run.id }, query });
    expect(status).toBe(200);
    return { ...body, numbers: body.items.map(({ number }) => number) };
  };

  const slipOf = (payer: Payer, number: string, given: Parameters<typeof createSlip>[2] = {}) =>
    createSlip(server.db, payer, { runId: run.id, number, ...given });

  it('come by number in pages, each once, with how many there are', async () => {
    const payer = await payerWith({ name: 'Ana Novak', channel: 'bizbox' });
    for (const number of ['R-3', 'R-1', 'R-2', 'r-1']) await slipOf(payer, number);
    await createSlip(server.db, payer, { number: 'R-0' });
    const first = await slipsOf({ limit: 2 });
    expect(first.items[0]).toMatchObject({
      ...{ number: 'R-1', payerId: payer.id, payerCode: payer.code, payerName: 'Ana Novak', channel: 'bizbox' },
      ...{ dueDate: '2026-11-20', totalCents: 12_345, firstOpenedAt: null },
    });
    const rest = await slipsOf({ limit: 2, cursor: first.nextCursor! });
    expect([...first.numbers, ...rest.numbers]).toEqual(['R-1', 'R-2', 'R-3', 'r-1']);
    expect([first.total, rest.total, rest.nextCursor]).toEqual([4, 4, null]);
  });

  it('are found by number, payer code and name, č by c, each word somewhere', async () => {
    await slipOf(await payerWith({ code: '104217', name: 'Žan Čehovin' }), 'OKT-17');
    await slipOf(await payerWith({ code: '99', name: 'Ana Novak' }), 'OKT-42');
    expect((await slipsOf({ search: 'cehovin' })).numbers).toEqual(['OKT-17']);
    expect((await slipsOf({ search: 'ŽAN 1042' })).numbers).toEqual(['OKT-17']);
    expect((await slipsOf({ search: 'okt-4' })).numbers).toEqual(['OKT-42']);
    expect(await slipsOf({ search: 'okt novak' })).toMatchObject({ numbers: ['OKT-42'], total: 1 });
    expect(await slipsOf({ search: '%' })).toMatchObject({ numbers: [], total: 0 });
  });

  it('are chosen by opened or not, by channel and by building, all at once', async () => {
    const unit = await createUnit(server.db, managerId);
    const other = await createUnit(server.db, managerId);
    const [bank, none] = [await payerWith({ channel: 'bank' }), await payerWith({ channel: 'none' })];
    const { token: resident } = await createResident(server.db, bank);
    const opened = await slipOf(bank, 'R-1');
    const unopened = await slipOf(bank, 'R-2');
    const elsewhere = await slipOf(none, 'R-3');
    await createItem(server.db, opened, unit);
    await createItem(server.db, unopened, other);
    await createItem(server.db, unopened, unit, { position: 2 });
    await createItem(server.db, elsewhere, other);
    const [buildingId, counted] = [unit.buildingId, { managerId, runId: run.id, totalCents: 1 }];
    await RunBuilding.query(server.db).insert({ ...counted, buildingId, slips: 2 });
    await server.api(getSlip, { token: resident, params: { id: opened.id } });
    expect(await slipsOf({ opened: 'true' })).toMatchObject({ numbers: ['R-1'], total: 1 });
    expect(await slipsOf({ opened: 'false' })).toMatchObject({ numbers: ['R-2', 'R-3'], total: 2 });
    expect(await slipsOf({ channel: 'none' })).toMatchObject({ numbers: ['R-3'], total: 1 });
    expect(await slipsOf({ buildingId })).toMatchObject({ numbers: ['R-1', 'R-2'], total: 2 });
    expect(await slipsOf({ buildingId, opened: 'false' })).toMatchObject({ numbers: ['R-2'], total: 1 });
    expect(await slipsOf({ buildingId, channel: 'none' })).toMatchObject({ numbers: [], total: 0 });
    expect(await slipsOf({ buildingId: 'ab'.repeat(16) })).toMatchObject({ numbers: [], total: 0 });
  });

  it("are nobody else's, nor those of a run that is being written", async () => {
    const { token: stranger } = await createStaff(server.db, (await createManager(server.db)).id, 'admin');
    expect((await server.api(listRunSlips, { token: stranger, params: { id: run.id } })).status).toBe(404);
    await BillingRun.query(server.db)
      .findById([managerId, run.id])
      .patch({ state: 'writing' as never });
    expect((await server.api(listRunSlips, { token, params: { id: run.id } })).status).toBe(404);
  });
});
