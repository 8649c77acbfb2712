import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  getBuildingShares,
  getChannelShares,
  getOpenings,
  getRegistrations,
  getTasks,
} from '../../contract/overview.ts';
import { newId } from '../../server/db/id.ts';
import { toDay, toInstant } from '../../server/db/time.ts';
import type { Payer } from '../../server/models/payer.ts';
import { RunOpening } from '../../server/models/run-opening.ts';
import { SlipPasswordBatch } from '../../server/models/slip-password-batch.ts';
import { lastMonths } from '../../server/modules/overview/pictures.queries.ts';
import { createManager, createPayer, createResident, createSlipPassword, createStaff } from '../helpers/factories.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createRun, createUnit } from '../helpers/slip-factories.ts';

const now = new Date('2026-11-23T12:00:00.000Z');
const day = 86_400_000;
const at = (days: number): string => toInstant(new Date(now.getTime() + days * day));

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

const ask = async <Answer>(promise: Promise<{ status: number; body: Answer }>): Promise<Answer> => {
  const { status, body } = await promise;
  expect(status).toBe(200);
  return body;
};

describe('registrations', () => {
  it('are counted at the end of each month, as far as they still hold', async () => {
    const months = lastMonths(new Date());
    const [old, middle, fresh] = await Promise.all(
      [`2020-01`, months[5]!, months[11]!].map((month) =>
        createPayer(server.db, managerId, { createdAt: `${month}-01 00:00:00.000` }),
      ),
    );
    await createResident(server.db, old!, middle!);
    const linked = (payer: Payer, linkedAt: string) =>
      server.db('payer_accounts').where({ payer_id: payer.id }).update({ linked_at: linkedAt });
    await linked(old!, `${months[7]}-15 10:00:00.000`);
    await linked(middle!, `${months[11]}-01 00:00:00.000`);
    const answer = await ask(server.api(getRegistrations, { token }));
    expect(fresh).toBeDefined();
    expect(answer).toMatchObject({ payers: 3, registered: 2 });
    expect(answer.months.map(({ month }) => month)).toEqual(months);
    expect(answer.months.map(({ payers }) => payers)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3]);
    expect(answer.months.map(({ registered }) => registered)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2]);
  });

  it('go over a year, across its end', () => {
    expect(lastMonths(new Date('2026-03-31T23:59:59.999Z'), 4)).toEqual(['2025-12', '2026-01', '2026-02', '2026-03']);
  });
});

describe('buildings', () => {
  it('come with the most payers without an account first, each payer once', async () => {
    const [small, large] = [await createUnit(server.db, managerId), await createUnit(server.db, managerId)];
    const second = await createUnit(server.db, managerId, { buildingId: large.buildingId, name: '13' });
    const payers = await Promise.all([1, 2, 3, 4].map(() => createPayer(server.db, managerId)));
    await createResident(server.db, payers[0]!, payers[3]!);
    const inUnit = (payer: Payer, unit: typeof small) =>
      server.db('payer_units').insert({
        ...{ manager_id: managerId, payer_id: payer.id, unit_id: unit.id, building_id: unit.buildingId },
        period: '2026-10',
      });
    for (const payer of payers.slice(0, 3)) await inUnit(payer, large);
    await inUnit(payers[1]!, second);
    await inUnit(payers[3]!, small);
    const { items, others } = await ask(server.api(getBuildingShares, { token }));
    expect(items).toMatchObject([
      { id: large.buildingId, payers: 3, registered: 1 },
      { id: small.buildingId, payers: 1, registered: 1 },
    ]);
    expect(others).toBe(0);
  });
});

describe('openings', () => {
  it('are of the newest published run, by days since then, beside the month before', async () => {
    const publishedAt = new Date(Date.now() - 3 * day);
    const run = await createRun(server.db, managerId, { slips: 10, publishedAt: toInstant(publishedAt) });
    const earlier = { period: '2026-09', slips: 5, publishedAt: '2026-10-05 08:00:00.000' };
    const before = await createRun(server.db, managerId, earlier);
    await createRun(server.db, managerId, { period: '2026-11', state: 'draft', slips: 7 });
    const opened = (runId: string, date: Date, slips: number) =>
      RunOpening.query(server.db).insert({ managerId, runId, day: toDay(date), slips });
    await opened(run.id, publishedAt, 2);
    await opened(run.id, new Date(publishedAt.getTime() + 2 * day), 3);
    await opened(before.id, new Date('2026-10-06T10:00:00Z'), 4);
    const answer = await ask(server.api(getOpenings, { token }));
    expect(answer.newest).toMatchObject({ run: { id: run.id, slips: 10, openedSlips: 5 }, days: [2, 2, 5, 5] });
    expect(answer.before?.run).toMatchObject({ id: before.id, publishedOn: '2026-10-05', openedSlips: 4 });
    expect(answer.before?.days).toHaveLength(31);
    expect(answer.before?.days.slice(0, 3)).toEqual([0, 4, 4]);
  });

  it('are none before the first publication', async () => {
    await createRun(server.db, managerId, { state: 'draft', slips: 1 });
    expect(await ask(server.api(getOpenings, { token }))).toEqual({ newest: null, before: null });
  });
});

describe('channels', () => {
  it("are counted over all of the manager's payers", async () => {
    for (const channel of ['bank', 'bank', 'none'] as const) await createPayer(server.db, managerId, { channel });
    await createPayer(server.db, (await createManager(server.db)).id);
    const { channels } = await ask(server.api(getChannelShares, { token }));
    expect([...channels].sort((a, b) => b.payers - a.payers)).toEqual([
      { channel: 'bank', payers: 2 },
      { channel: 'none', payers: 1 },
    ]);
  });
});

describe('tasks', () => {
  it('are none for a new manager, who has everything still to do', async () => {
    expect(await ask(server.api(getTasks, { token }))).toEqual({
      ...{ eInvoiceRequests: 0, failedMails: 0, checkedImports: 0, drafts: 0, waitingImport: null },
      ...{ expiringSlipPasswords: 0, failedImport: null },
      start: { hasSlips: false, hasPublished: false, hasSlipPasswords: false, hasColleagues: false },
    });
  });

  it('are drafts, imports that failed, and good slip passwords that soon expire', async () => {
    const run = await createRun(server.db, managerId, { state: 'draft' });
    await createStaff(server.db, managerId, 'admin');
    const batch = await SlipPasswordBatch.query(server.db).insertAndFetch({
      ...{ managerId, id: newId(), form: 'list', whom: 'all', state: 'done', payers: 3, issued: 3 },
      ...{ issuedAt: at(0), touchedAt: at(0), expiresAt: toInstant(new Date(Date.now() + 13 * day)) },
    });
    for (const given of [{}, { usedAt: at(0) }, { revokedAt: at(0) }]) {
      const payer = await createPayer(server.db, managerId);
      await createSlipPassword(server.services, payer, { batchId: batch.id, ...given });
    }
    expect(await ask(server.api(getTasks, { token }))).toMatchObject({
      ...{ drafts: 1, checkedImports: 0, waitingImport: run.importId, expiringSlipPasswords: 1, failedImport: null },
      start: { hasSlips: true, hasPublished: false, hasSlipPasswords: true, hasColleagues: true },
    });
    await server.db('imports').where({ id: run.importId }).update({ state: 'refused' });
    expect(await ask(server.api(getTasks, { token }))).toMatchObject({
      ...{ drafts: 0, waitingImport: null },
      failedImport: { id: run.importId, fileName: 'obracun.csv', state: 'refused' },
    });
  });
});
