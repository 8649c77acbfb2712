import { once } from 'node:events';
import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  batchHeader,
  countSlipPasswords,
  getSlipPasswordBatch,
  getSlipPasswordStanding,
  issueSlipPasswords,
  listBuildingStandings,
  listSlipPasswordBatches,
  revokeSlipPasswordBatch,
  type SlipPasswordOrder,
} from '../../contract/slip-passwords.ts';
import { newId } from '../../server/db/id.ts';
import { toInstant } from '../../server/db/time.ts';
import type { Manager } from '../../server/models/manager.ts';
import { Manager as Managers } from '../../server/models/manager.ts';
import type { Payer } from '../../server/models/payer.ts';
import { SlipPasswordBatch } from '../../server/models/slip-password-batch.ts';
import { SlipPassword } from '../../server/models/slip-password.ts';
import { batchFile } from '../../server/modules/slip-passwords/batch-file.ts';
import { openBatch } from '../../server/modules/slip-passwords/issue-batch.ts';
import { trailOf } from '../helpers/audit.ts';
import {
  createManager,
  createPayer,
  createResident,
  createSlipPassword,
  createSlipPasswordBatch,
  createStaff,
} from '../helpers/factories.ts';
import { eventually } from '../helpers/eventually.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createUnit } from '../helpers/slip-factories.ts';

let server: TestServer;
let manager: Manager;
let token: string;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  manager = await createManager(server.db);
  ({ token } = await createStaff(server.db, manager.id, 'admin'));
});

const payers = (...codes: string[]) =>
  Promise.all(codes.map((code) => createPayer(server.db, manager.id, { code, name: `Plačnik ${code}` })));
const stored = () => SlipPassword.query(server.db).where({ manager_id: manager.id });
const open = async () => (await stored()).filter(({ usedAt, revokedAt }) => !usedAt && !revokedAt);
const past = toInstant(new Date(Date.now() - 86_400_000));

const issue = (body: SlipPasswordOrder, accept = 'application/json') =>
  server.api(issueSlipPasswords, { token, body, headers: { Accept: accept } });
const count = async (body: SlipPasswordOrder) => (await server.api(countSlipPasswords, { token, body })).body;

/** A building where these payers have a unit. */
async function buildingOf(name: string, ...there: Payer[]): Promise<string> {
  const { id: unitId, buildingId } = await createUnit(server.db, manager.id);
  await server.db('buildings').where({ id: buildingId }).update({ name });
  const one = { manager_id: manager.id, building_id: buildingId, period: '2026-10' };
  for (const { id } of there) await server.db('payer_units').insert({ ...one, payer_id: id, unit_id: unitId });
  return buildingId;
}

describe('an order', () => {
  it('says beforehand how many it issues and voids, and issues none', async () => {
    const [free, valid, expired, taken] = await payers('1', '2', '3', '4');
    await createSlipPassword(server.services, valid!);
    await createSlipPassword(server.services, expired!, { expiresAt: past });
    await createResident(server.db, taken!);
    await server.db('payers').where({ id: free!.id }).update({ town: ' ' });
    const all = { payers: 4, withAccount: 1, withValid: 1, incompleteAddresses: 1 };
    expect(await count({ allWithoutAccount: true })).toMatchObject({ ...all, issues: 3, voids: 1 });
    const kept = { allWithoutAccount: true, onlyWithoutValid: true } as const;
    expect(await count(kept)).toMatchObject({ ...all, issues: 2, voids: 0 });
    expect(await stored()).toHaveLength(2);
    const { body } = await issue(kept);
    expect(body.issued.map(({ payerCode }) => payerCode)).toEqual(['1', '3']);
    expect(await open()).toHaveLength(3);
  });

  it('can be for buildings, each payer once', async () => {
    const [here, both, elsewhere] = await payers('11', '12', '13');
    const first = await buildingOf('Prva 1', here!, both!);
    const second = await buildingOf('Druga 2', both!, elsewhere!);
    const codes = async (buildingIds: string[]) =>
      (await issue({ buildingIds })).body.issued.map(({ payerCode }) => payerCode);
    expect(await codes([first])).toEqual(['11', '12']);
    expect(await codes([first, second])).toEqual(['11', '12', '13']);
    expect((await issue({ buildingIds: [first, newId()] })).problem.code).toBe('not_found');
    expect((await issue({ runId: newId() })).problem.code).toBe('not_found');
  });

  it('is good for as long as the manager says', async () => {
    await payers('21');
    await Managers.query(server.db).findById(manager.id).patch({ slipPasswordDays: 7 });
    const { body } = await issue({ allWithoutAccount: true });
    expect(Math.round((Date.parse(body.issued[0]!.expiresAt) - Date.now()) / 86_400_000)).toBe(7);
  });

  it('of more than a thousand is not answered as JSON, and nothing is issued', async () => {
    await payers(...Array.from({ length: 1001 }, (_, index) => String(1000 + index)));
    expect((await issue({ allWithoutAccount: true })).problem.code).toBe('not_acceptable');
    expect(await stored()).toEqual([]);
    const { status, headers, bytes } = await issue({ allWithoutAccount: true }, 'text/csv');
    expect(status).toBe(201);
    const lines = bytes.toString('utf8').trim().split('\r\n');
    expect(lines).toHaveLength(1002);
    expect(lines[1]).toMatch(/^1000;Plačnik 1000;.*;[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{5};\d/);
    expect(new Set(lines.map((line) => line.split(';')[4])).size).toBe(1002);
    const { body } = await server.api(getSlipPasswordBatch, { token, params: { id: headers.get(batchHeader)! } });
    expect(body).toMatchObject({ form: 'list', whom: 'all', payers: 1001, issued: 1001, valid: 1001 });
  }, 60_000);
});

describe('a file', () => {
  it('that nobody takes any more stops, and what was in it is void', async () => {
    await payers(...Array.from({ length: 1200 }, (_, index) => String(1000 + index)));
    const payerIds = (await server.db('payers').where({ manager_id: manager.id }).select('id')).map(
      ({ id }: { id: string }) => id,
    );
    const who = { actorId: null, address: null };
    const batch = await openBatch(server.services, {
      ...{ managerId: manager.id, who, form: 'letters', whom: 'all', payerIds },
    });
    const body = await batchFile(server.services, batch, 'application/pdf');
    body.destroy();
    await once(body, 'close');
    const state = async () =>
      (await SlipPasswordBatch.query(server.db).findById([manager.id, batch.batchId]).throwIfNotFound()).state;
    await eventually(async () => expect(await state()).toBe('broken'));
    // Time enough for what was under way, if nothing stopped it.
    await pass(200);
    expect(await state()).toBe('broken');
    expect((await stored()).length).toBeLessThan(1200);
    expect((await stored()).length).toBeGreaterThan(0);
    expect(await open()).toEqual([]);
    expect((await trailOf(server.services, manager.id)).map(({ action }) => action)).toEqual([
      ...['slip_passwords.issued', 'slip_passwords.revoked'],
    ]);
  }, 60_000);

  it('of a process that died is void once somebody looks', async () => {
    const [payer] = await payers('31');
    const { id } = await createSlipPasswordBatch(server.db, manager.id, { state: 'issuing', touchedAt: past });
    await createSlipPassword(server.services, payer!, { batchId: id });
    const { body } = await server.api(listSlipPasswordBatches, { token });
    expect(body.items).toMatchObject([{ id, state: 'broken', revoked: 1, valid: 0 }]);
    expect(await open()).toEqual([]);
  });
});

describe('a batch', () => {
  it('tells what has become of it, and is revoked: what was not used, once', async () => {
    const [used, waiting, other] = await payers('41', '42', '43');
    const { id } = await createSlipPasswordBatch(server.db, manager.id, { payers: 2, issued: 2 });
    await createSlipPassword(server.services, used!, { batchId: id, usedAt: past });
    await createSlipPassword(server.services, waiting!, { batchId: id });
    await createSlipPassword(server.services, other!);
    const revoke = () => server.api(revokeSlipPasswordBatch, { token, params: { id } });
    expect((await revoke()).body).toMatchObject({ state: 'revoked', issued: 2, used: 1, revoked: 1, valid: 0 });
    expect((await revoke()).status).toBe(200);
    expect((await open()).map(({ payerId }) => payerId)).toEqual([other!.id]);
    const trail = await trailOf(server.services, manager.id);
    expect(trail.map(({ action, details }) => [action, JSON.parse(details) as unknown])).toEqual([
      ['slip_passwords.revoked', { count: 1, state: 'revoked' }],
    ]);
  });

  it('is not told to another manager, and a clerk cannot revoke it', async () => {
    const { id } = await createSlipPasswordBatch(server.db, manager.id);
    const elsewhere = await createStaff(server.db, (await createManager(server.db)).id, 'admin');
    const clerk = await createStaff(server.db, manager.id, 'clerk');
    const ask = (as: string) => server.api(getSlipPasswordBatch, { token: as, params: { id } });
    const revoke = (as: string) => server.api(revokeSlipPasswordBatch, { token: as, params: { id } });
    expect((await ask(clerk.token)).status).toBe(200);
    expect((await revoke(clerk.token)).problem.code).toBe('forbidden');
    for (const act of [ask, revoke]) expect((await act(elsewhere.token)).problem.code).toBe('not_found');
  });
});

describe('how payers stand', () => {
  it('is counted for all, and by building', async () => {
    const [none, valid, expired, taken, released] = await payers('51', '52', '53', '54', '55');
    await createSlipPassword(server.services, valid!);
    await createSlipPassword(server.services, expired!, { expiresAt: past });
    await createResident(server.db, taken!);
    await createSlipPassword(server.services, released!, { usedAt: past });
    await buildingOf('Šmartinska 1', none!, valid!, taken!);
    await buildingOf('Čopova 5', expired!, taken!, released!);
    await buildingOf('Prazna 3');
    const standing = await server.api(getSlipPasswordStanding, { token });
    expect(standing.body).toEqual({ payers: 5, registered: 1, issued: 1, expired: 1, none: 2, unreached: 1 });
    const list = async (query: { search?: string; limit?: number; cursor?: string }) =>
      (await server.api(listBuildingStandings, { token, query })).body;
    const byName = Object.fromEntries(
      (await list({})).items.map(({ name, payers: all, registered, issued, expired, none: without }) => [
        name,
        { payers: all, registered, issued, expired, none: without },
      ]),
    );
    expect(byName).toEqual({
      'Šmartinska 1': { payers: 3, registered: 1, issued: 1, expired: 0, none: 1 },
      'Čopova 5': { payers: 3, registered: 1, issued: 0, expired: 1, none: 1 },
      'Prazna 3': { payers: 0, registered: 0, issued: 0, expired: 0, none: 0 },
    });
    expect((await list({ search: 'copova' })).items.map(({ name }) => name)).toEqual(['Čopova 5']);
    const first = await list({ limit: 2 });
    const rest = await list({ limit: 2, cursor: first.nextCursor! });
    expect([...first.items, ...rest.items]).toHaveLength(3);
    expect(rest.nextCursor).toBeNull();
  });
});
