import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { discardImport, publishImport } from '../../../contract/imports.ts';
import { getSlip } from '../../../contract/slips.ts';
import { Payer } from '../../../server/models/payer.ts';
import { billingFile, fund, fundItem, goodRow, openItem, slipRow } from '../../helpers/billing-file.ts';
import { createResident } from '../../helpers/factories.ts';
import { createOffice, digest, type Office } from '../../helpers/imports.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

/** What a slip says besides its items: reserve funds, what is still owed, and notes. */
let server: TestServer;
let office: Office;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  office = await createOffice(server);
});

const note = { obvestilo: 'Vodo bomo zaprli 3. 12. od 8. do 12. ure.' };
const ours = () => ({ manager_id: office.manager.id });
const count = async (table: string): Promise<unknown> =>
  (await server.db(table).where(ours()).count('* as n').first<{ n: number }>()).n;
const publish = (id: string) => server.api(publishImport, { token: office.token, params: { id } });
const discard = (id: string) => server.api(discardImport, { token: office.token, params: { id } });

/** The published slip of a number as its payer sees it. */
async function slipOf(number: string) {
  const slip: { id: string; payer_id: string } = await server
    .db('slips')
    .where({ ...ours(), number })
    .first('id', 'payer_id');
  const payer = await Payer.query(server.db).findById([office.manager.id, slip.payer_id]).throwIfNotFound();
  const { token } = await createResident(server.db, payer);
  return (await server.api(getSlip, { token, params: { id: slip.id } })).body;
}

describe('a billing file with funds, open items and notes', () => {
  it('gives them to the slips that they belong to', async () => {
    const other = { stavba: 'Celovška cesta 1', sklad_stanje: '12,00' };
    const rows = [{ ...openItem, ...note }, { ...fund, ...note }, { ...fundItem, ...note }, slipRow(1, other)];
    const done = await office.import(billingFile(rows));
    expect(done).toMatchObject({ state: 'draft', newSlips: 2, runs: [{ slips: 2, totalCents: 842 + 1358 + 842 }] });
    await publish(done.id);
    const slip = await slipOf(goodRow.racun);
    expect(slip).toMatchObject({
      totalCents: 842 + 1358,
      paymentOrders: [{ amountCents: 842 }, { amountCents: 1358 }],
      openItems: [{ description: 'Razdelilnik 9/2026', dueDate: '2026-10-31', amountCents: 4510 }],
      notes: [note.obvestilo],
    });
    expect(slip.funds).toEqual([
      {
        ...{ building: goodRow.stavba, openingCents: 100_000, paidInCents: 25_050, spentCents: 140_000 },
        balanceCents: -14_950,
      },
    ]);
    expect(slip.units.flatMap(({ items }) => items.map(({ description }) => description))).toEqual([
      'Upravljanje',
      'Rezervni sklad',
    ]);
    expect(await slipOf('26100002')).toMatchObject({
      funds: [{ building: 'Celovška cesta 1', openingCents: null, balanceCents: 1200 }],
      openItems: [],
      notes: [],
    });
  });

  it('has the funds of all buildings of a slip, by name, each of the own period', async () => {
    const second = { stavba: 'Celovška cesta 1', postavka: 'Garaža', sklad_stanje: '7,00' };
    const later = { racun: '26110001', obdobje: '2026-11', sklad_stanje: '3,00' };
    const { id } = await office.import(billingFile([fund, second, later]));
    await publish(id);
    const balances = async (number: string) =>
      (await slipOf(number)).funds.map(({ building, balanceCents }) => [building, balanceCents]);
    expect(await balances(goodRow.racun)).toEqual([
      ['Celovška cesta 1', 700],
      [goodRow.stavba, -14_950],
    ]);
    await server.db('payer_accounts').where(ours()).delete();
    expect(await balances('26110001')).toEqual([[goodRow.stavba, 300]]);
  });

  it('may say of open items only what they are, wherever their rows stand', async () => {
    const bare = { ...openItem, zapadlo: '', znesek: '-5,00', stavba: 'Drugje 1', enota: '99', ...fund };
    const { id } = await office.import(billingFile([bare, {}, { ...openItem, osnova: '1,00', ddv: '1,00' }]));
    await publish(id);
    expect((await slipOf(goodRow.racun)).openItems).toEqual([
      { description: 'Razdelilnik 9/2026', dueDate: null, amountCents: -500 },
      { description: 'Razdelilnik 9/2026', dueDate: '2026-10-31', amountCents: 4510 },
    ]);
    // Where only an open item names it, a unit is none of the manager's.
    expect(await server.db('units').where(ours()).pluck('name')).toEqual([goodRow.enota]);
  });

  it('needs no template for the reference where all items bring their own', async () => {
    const code = { sifra_placnika: '1234567', nalog_iban: 'SI56990000011111127', nalog_sklic: 'SI00104217-202610' };
    const open = { ...openItem, sifra_placnika: '1234567' };
    expect(await office.import(billingFile([code, open]))).toMatchObject({ state: 'draft', faults: [] });
  });
});

describe('funds, open items and notes of a draft', () => {
  it('go with it', async () => {
    await office.import(billingFile([slipRow(7, fund)]));
    const before = await digest(server, office.manager.id);
    const { id } = await office.import(billingFile([{ stavba: 'Celovška cesta 1', ...fund, ...note }, { ...openItem, stavba: 'Le dolg 3', ...fund, ...note }])); // prettier-ignore
    expect([await count('run_funds'), await count('slip_open_items')]).toEqual([3, 1]);
    expect((await discard(id)).body).toMatchObject({ state: 'discarded' });
    expect(await digest(server, office.manager.id)).toBe(before);
  });

  it('are replaced with its slips, and its funds go with its last one', async () => {
    const first = await office.import(billingFile([{ ...fund, ...note }, { ...openItem, ...note }, slipRow(1)]));
    await office.import(billingFile([{ sklad_stanje: '1,00' }]));
    expect([await count('run_funds'), await count('slip_open_items')]).toEqual([2, 0]);
    expect(await server.db('slips').where(ours()).pluck('note')).toEqual([null, null]);
    await office.import(billingFile([slipRow(1)]));
    expect(await office.get(first.id)).toMatchObject({ state: 'replaced' });
    expect(await server.db('run_funds').where(ours()).pluck('balance_cents')).toEqual([100]);
  });
});

describe('the same bytes again', () => {
  it('change nothing of them', async () => {
    const file = billingFile([
      { ...fund, ...note },
      { ...openItem, ...note },
    ]);
    const first = await office.import(file);
    const before = await digest(server, office.manager.id);
    expect(await office.import(file)).toMatchObject({ state: 'unchanged', unchangedOf: first.id });
    expect(await digest(server, office.manager.id)).toBe(before);
  });
});
