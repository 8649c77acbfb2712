import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { discardImport, publishImport } from '../../contract/imports.ts';
import { Payer } from '../../server/models/payer.ts';
import { refreshPayerUnits } from '../../server/modules/payers/payer-units.ts';
import { billingFile, slipRow } from '../helpers/billing-file.ts';
import { createPayer } from '../helpers/factories.ts';
import { createOffice, type Office } from '../helpers/imports.ts';
import { startTestServer, type TestServer } from '../helpers/server.ts';
import { createItem, createSlip, createUnit } from '../helpers/slip-factories.ts';

let server: TestServer;
let office: Office;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  office = await createOffice(server);
});

/** What is kept of each payer's units, by code: the units with their period, and the text that is searched. */
async function kept(): Promise<Record<string, unknown>> {
  const managerId = office.manager.id;
  const payers = await Payer.query(server.db).where('manager_id', managerId).orderBy('code');
  const all: Record<string, unknown> = {};
  for (const { id, code } of payers) {
    const units = await server
      .db('payer_units as x')
      .join('units as u', { 'u.manager_id': 'x.manager_id', 'u.id': 'x.unit_id' })
      .join('buildings as b', { 'b.manager_id': 'x.manager_id', 'b.id': 'x.building_id' })
      .where({ 'x.manager_id': managerId, 'x.payer_id': id })
      .orderBy(['b.name', 'u.name'])
      .select<Record<string, string>[]>({ building: 'b.name', unit: 'u.name', period: 'x.period' });
    const row = await server
      .db('payers')
      .where({ manager_id: managerId, id })
      .first<{ unit_search: string }>('unit_search');
    all[code] = [...units.map(({ building, unit, period }) => `${building}, ${unit} ${period}`), row.unit_search];
  }
  return all;
}

const send = async (...rows: Parameters<typeof billingFile>[0]) => {
  const done = await office.import(billingFile(rows));
  expect(done.state).toBe('draft');
  return done.id;
};

const october = { sifra_placnika: '101', placnik: 'Čehovin Žan', stavba: 'Šmartinska cesta 152' };

describe('the units of a payer', () => {
  it('are those of the newest period, of all its slips, drafts too', async () => {
    await send(
      slipRow(1, { ...october, racun: '1', enota: '14' }),
      slipRow(1, { ...october, racun: '2', enota: 'G1', vrsta_enote: 'garaza' }),
      slipRow(2, { sifra_placnika: '102', racun: '3', stavba: 'Žabja ulica 1', enota: 'Č2' }),
    );
    expect(await kept()).toEqual({
      101: ['Šmartinska cesta 152, 14 2026-10', 'Šmartinska cesta 152, G1 2026-10', 'smartinska cesta 152 14 g1'],
      102: ['Žabja ulica 1, Č2 2026-10', 'zabja ulica 1 c2'],
    });
    await send(slipRow(1, { ...october, racun: '4', enota: '15', obdobje: '2026-11' }));
    expect((await kept())['101']).toEqual(['Šmartinska cesta 152, 15 2026-11', 'smartinska cesta 152 15']);
    await send(slipRow(1, { ...october, racun: '5', enota: '16', obdobje: '2026-09' }));
    expect((await kept())['101']).toEqual(['Šmartinska cesta 152, 15 2026-11', 'smartinska cesta 152 15']);
  });

  it('are the earlier ones again when the draft is thrown away', async () => {
    const id = await send(slipRow(1, { ...october, racun: '1', enota: '14' }));
    await server.api(publishImport, { token: office.token, params: { id } });
    const before = await kept();
    const draft = await send(
      slipRow(1, { ...october, racun: '2', enota: '15', obdobje: '2026-11' }),
      slipRow(2, { sifra_placnika: '102', racun: '3', obdobje: '2026-11' }),
    );
    expect(await kept()).not.toEqual(before);
    expect((await server.api(discardImport, { token: office.token, params: { id: draft } })).status).toBe(200);
    expect(await kept()).toEqual(before);
    expect(await server.db('payer_units').where('manager_id', office.manager.id)).toHaveLength(1);
  });

  it('go from who loses a slip to who gets it by a replaced draft', async () => {
    await send(slipRow(1, { ...october, racun: '1', enota: '14' }));
    await send(slipRow(1, { ...october, sifra_placnika: '103', racun: '1', enota: '14' }));
    expect(await kept()).toEqual({
      101: [''],
      103: ['Šmartinska cesta 152, 14 2026-10', 'smartinska cesta 152 14'],
    });
  });

  it('are brought up to date for as many as there are, and for nobody who is gone', async () => {
    const { db } = server;
    const managerId = office.manager.id;
    const unit = await createUnit(db, managerId);
    const ids: string[] = [];
    for (let n = 0; n < 130; n += 1) {
      const payer = await createPayer(db, managerId);
      await createItem(db, await createSlip(db, payer), unit);
      ids.push(payer.id);
    }
    await db.transaction((trx) => refreshPayerUnits(trx, managerId, ['ab'.repeat(16), ...ids, ...ids]));
    const rows = (await db('payer_units')
      .where({ manager_id: managerId, unit_id: unit.id })
      .pluck('payer_id')) as string[];
    expect(rows.sort()).toEqual(ids.sort());
    expect(await db('payers').where({ manager_id: managerId, unit_search: '' })).toHaveLength(0);
  });
});
