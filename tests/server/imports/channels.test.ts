import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setPayerChannel } from '../../../contract/e-invoices.ts';
import { listPayers } from '../../../contract/payers.ts';
import { ChannelChange } from '../../../server/models/channel-change.ts';
import { Payer } from '../../../server/models/payer.ts';
import { billingFile, goodRow, type TestRow } from '../../helpers/billing-file.ts';
import { createOffice, type Office } from '../../helpers/imports.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

let server: TestServer;
let office: Office;
let slips = 0;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  office = await createOffice(server);
});

/** The same payer with the next slip. */
async function bring(given: TestRow, columns?: readonly string[]): Promise<Payer> {
  slips += 1;
  const row = { racun: String(26_200_000 + slips), ...given };
  const { state, faults } = await office.import(billingFile([row], columns ? { columns } : {}));
  expect([state, faults]).toEqual(['draft', []]);
  return Payer.query(server.db).findOne({ manager_id: office.manager.id, code: '104217' }).throwIfNotFound();
}

const history = async () => {
  const steps = await ChannelChange.query(server.db).where({ manager_id: office.manager.id }).orderBy('changed_at');
  return steps.map(({ channel, origin, changedBy }) => [channel, origin, changedBy === office.clerk.account.id]);
};

const setByOffice = (id: string, body: Parameters<typeof server.api<typeof setPayerChannel>>[1]) =>
  server.api(setPayerChannel, { token: office.token, params: { id }, ...body });

describe("a payer's channel in a billing file", () => {
  it('is a step of the history when it is new and when it changes, and no other time', async () => {
    await bring({ e_racun: 'email' });
    await bring({ e_racun: 'email' });
    await bring({ e_racun: 'banka' });
    await bring({ e_racun: 'brez' });
    expect(await history()).toEqual([
      ['email', 'import', true],
      ['bank', 'import', true],
      ['none', 'import', true],
    ]);
  });

  it('of a new payer without one is none, and no step', async () => {
    expect(await bring({ e_racun: '' })).toMatchObject({ channel: 'none' });
    expect(await history()).toEqual([]);
  });

  it.each<[string, TestRow, string[] | undefined]>([
    ['that is empty', { e_racun: '', e_posta: '', davcna_stevilka: '' }, undefined],
    [
      'without its column',
      {},
      Object.keys(goodRow).filter((name) => !['e_racun', 'e_posta', 'davcna_stevilka'].includes(name)),
    ],
  ])('%s leaves what was agreed in the portal', async (_, given, columns) => {
    const { id } = await bring({ e_racun: '', e_posta: '' });
    await setByOffice(id, { body: { channel: 'bizbox', taxNumber: '12345679' } });
    await setByOffice(id, { body: { channel: 'email', email: 'dogovorjen@example.si' } });
    const after = await bring({ placnik: 'Čehovin Žan, dr.', ...given }, columns);
    expect(after).toMatchObject({ channel: 'email', email: 'dogovorjen@example.si', taxNumber: '12345679' });
    expect(after.name).toBe('Čehovin Žan, dr.');
    expect((await history()).map(([channel, origin]) => [channel, origin])).toEqual([
      ['bizbox', 'office'],
      ['email', 'office'],
    ]);
    const found = await server.api(listPayers, { token: office.token, query: { search: 'dogovorjen' } });
    expect(found.body.items.map((payer) => payer.id)).toEqual([id]);
  });
});
