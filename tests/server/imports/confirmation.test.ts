import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { confirmImport, discardImport, publishImport } from '../../../contract/imports.ts';
import { days, later, toInstant } from '../../../server/db/time.ts';
import { transaction } from '../../../server/db/transaction.ts';
import { forgetExpired } from '../../../server/retention.ts';
import { generateBillingFile } from '../../../server/sample/billing-file.ts';
import { billingFile, fund, openItem, slipRow } from '../../helpers/billing-file.ts';
import { eventually } from '../../helpers/eventually.ts';
import { createManager, createStaff } from '../../helpers/factories.ts';
import { createOffice, digest, type Office } from '../../helpers/imports.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

let server: TestServer;
let office: Office;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  office = await createOffice(server);
});

const ours = () => ({ manager_id: office.manager.id });
const discard = (id: string) => server.api(discardImport, { token: office.token, params: { id } });
const publish = (id: string) => server.api(publishImport, { token: office.token, params: { id } });
const ended = (id: string) => server.services.importJobs.ended(id);
const row = (id: string) => server.db('imports').where({ ...ours(), id }); // prettier-ignore
const count = async (table: string): Promise<number> =>
  (await server.db(table).where(ours()).count('* as n').first<{ n: number }>()).n;
const file = () => billingFile([{ ...fund }, openItem, slipRow(1), slipRow(2, { stavba: 'Celovška cesta 1' })]);
const longAgo = () => toInstant(later(new Date(), -60_000));
const seen = ['payers', 'payer_units', 'units', 'buildings', 'slips', 'billing_runs', 'run_funds', 'run_sums'] as const;
const nothingSeen = async () => expect(await Promise.all(seen.map(count))).toEqual(seen.map(() => 0));

describe('a checked import', () => {
  it('has changed nothing that anybody sees, until it is confirmed', async () => {
    const checked = await office.check(file());
    expect(checked).toMatchObject({ state: 'checked', runs: [], newSlips: 0, progress: { phase: 'done', rows: 4 } });
    await nothingSeen();
    expect((await office.confirm(checked.id)).body).toMatchObject({ id: checked.id });
    await ended(checked.id);
    const draft = await office.get(checked.id);
    expect(draft).toMatchObject({
      state: 'draft',
      newSlips: 3,
      newPayers: 3,
      runs: [{ slips: 3, totalCents: 3 * 842 }],
    });
    expect(await Promise.all(['import_slips', 'import_payers', 'import_units', 'import_sums'].map(count))).toEqual([
      0, 0, 0, 0,
    ]);
    expect((await office.confirm(checked.id)).problem).toMatchObject({ status: 409, code: 'import_state' });
  });

  it('is thrown away with all that was staged of it', async () => {
    const before = await digest(server, office.manager.id);
    const { id } = await office.check(file());
    expect(await count('slip_items')).toBe(3);
    expect((await discard(id)).body).toMatchObject({ state: 'discarded' });
    await ended(id);
    expect(await digest(server, office.manager.id)).toBe(before);
    expect((await office.confirm(id)).problem.code).toBe('import_state');
  });

  it('that is thrown away at this moment is not written any more', async () => {
    const { id } = await office.check(file());
    let confirming: ReturnType<Office['confirm']> | undefined;
    await transaction(server.db, async (trx) => {
      await trx('imports')
        .where({ ...ours(), id })
        .update({ state: 'discarded' });
      confirming = office.confirm(id);
      // Time enough for the confirmation to read the import as it was, if nothing kept it waiting.
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    expect((await confirming)?.problem).toMatchObject({ status: 409, code: 'import_state' });
    await ended(id);
    expect(await row(id).first('state')).toMatchObject({ state: 'discarded' });
    expect(await count('slips')).toBe(0);
  });

  it('waits a week, then it is thrown away', async () => {
    const { id } = await office.check(file());
    const now = new Date();
    await forgetExpired({ ...server.services, clock: () => later(now, 7 * days - 60_000) });
    expect(await row(id).first('state')).toMatchObject({ state: 'checked' });
    await forgetExpired({ ...server.services, clock: () => later(now, 7 * days + 60_000) });
    expect(await row(id).first('state')).toMatchObject({ state: 'discarded' });
    await server.services.importJobs.sweep();
    await ended(id);
    expect(await count('slip_items')).toBe(0);
    expect(await row(id).first('is_staged')).toMatchObject({ is_staged: 0 });
  });

  it('is no business of another manager', async () => {
    const { id } = await office.check(file());
    const elsewhere = await createManager(server.db);
    const { token } = await createStaff(server.db, elsewhere.id, 'admin');
    expect((await server.api(confirmImport, { token, params: { id } })).problem.code).toBe('not_found');
  });
});

describe('a confirmation of what is outdated', () => {
  it('is refused, the preview is counted anew, and the next one counts', async () => {
    const [first, second] = [await office.check(file()), await office.check(billingFile([slipRow(1), slipRow(5)]))];
    await office.confirm(first.id);
    await ended(first.id);
    expect((await office.confirm(second.id)).problem).toMatchObject({ status: 409, code: 'import_outdated' });
    await ended(second.id);
    expect(await office.get(second.id)).toMatchObject({ state: 'checked' });
    expect((await office.confirm(second.id)).status).toBe(202);
    await ended(second.id);
    expect(await office.get(second.id)).toMatchObject({ state: 'draft', newSlips: 1, replacedSlips: 1, newPayers: 1 });
    expect(await office.get(first.id)).toMatchObject({ runs: [{ slips: 2, totalCents: 2 * 842 }] });
  });

  it('refers to the units that another import has brought meanwhile', async () => {
    const [first, second] = [await office.check(billingFile([{}])), await office.check(billingFile([{ racun: '2' }]))];
    await office.confirm(first.id);
    await ended(first.id);
    await office.confirm(second.id);
    await ended(second.id);
    await office.confirm(second.id);
    await ended(second.id);
    const units = (await server.db('units').where(ours()).pluck('id')) as string[];
    expect(units).toHaveLength(1);
    expect(await server.db('slip_items').where(ours()).pluck('unit_id')).toEqual([units[0], units[0]]);
  });

  it('brings the units itself when the draft that had them is thrown away', async () => {
    const { id: draft } = await office.import(billingFile([{}]));
    const { id } = await office.check(billingFile([{ racun: '2' }]));
    await discard(draft);
    expect((await office.confirm(id)).problem.code).toBe('import_outdated');
    await ended(id);
    await office.confirm(id);
    await ended(id);
    const units = (await server.db('units').where(ours()).pluck('id')) as string[];
    expect(await server.db('slip_items').where(ours()).pluck('unit_id')).toEqual(units);
  });

  it('finds slips that were published meanwhile', async () => {
    const { id: draft } = await office.import(billingFile([{}]));
    const { id } = await office.check(billingFile([{ znesek: '9,00', osnova: '', ddv: '' }]));
    await publish(draft);
    expect((await office.confirm(id)).problem.code).toBe('import_outdated');
    await ended(id);
    expect(await office.get(id)).toMatchObject({ state: 'refused', faults: [{ rule: 'slip_published' }] });
    expect(await count('slip_items')).toBe(1);
  });
});

describe('an import that is being written', () => {
  const large = () => [...generateBillingFile({ payers: 300, months: 4, seed: 1, until: '2026-10' })].join('');

  it('keeps every other import of its manager out', async () => {
    const [first, second] = [await office.check(large()), await office.check(file())];
    await office.confirm(first.id);
    expect((await office.confirm(second.id)).problem.code).toBe('import_running');
    expect((await office.send(file())).problem.code).toBe('import_running');
    expect((await discard(first.id)).problem.code).toBe('import_state');
    await ended(first.id);
    expect(await office.get(first.id)).toMatchObject({ state: 'draft' });
  });

  it('is undone when the server stops, and can be confirmed again', async () => {
    const { id } = await office.check(large());
    const before = await digest(server, office.manager.id);
    await office.confirm(id);
    await eventually(async () => expect(await count('billing_runs')).toBeGreaterThan(0));
    await server.services.importJobs.stop();
    expect(await office.get(id)).toMatchObject({ state: 'checked', faults: [] });
    expect(await digest(server, office.manager.id)).toBe(before);
    expect((await office.confirm(id)).status).toBe(202);
    await ended(id);
    expect(await office.get(id)).toMatchObject({ state: 'draft', newSlips: 1200, newPayers: 300 });
  });

  it('of a process that died is undone by the next one', async () => {
    const { id } = await office.check(file());
    const before = await digest(server, office.manager.id);
    await office.confirm(id);
    await ended(id);
    const written = await digest(server, office.manager.id);
    // As if the process had died before its last transaction.
    await server.db('billing_runs').where(ours()).update({ state: 'writing' });
    const staged = JSON.parse(before) as unknown[];
    for (let index = 0; index < staged.length; index += 2) {
      const table = String(staged[index]);
      if (!table.startsWith('import_')) continue;
      for (const text of staged[index + 1] as string[]) await server.db(table).insert(JSON.parse(text));
    }
    await row(id).update({ state: 'writing', is_staged: true, heartbeat_at: longAgo() });
    expect(await office.get(id)).toMatchObject({ state: 'writing', runs: [] });
    await server.services.importJobs.sweep();
    await ended(id);
    expect(await office.get(id)).toMatchObject({ state: 'checked' });
    expect(await digest(server, office.manager.id)).toBe(before);
    expect(written).not.toBe(before);
  });

  it('of a process that died while it counted the preview anew is still checked', async () => {
    const { id } = await office.check(file());
    await row(id).update({ state: 'checking', heartbeat_at: longAgo() });
    await server.services.importJobs.sweep();
    expect(await office.get(id)).toMatchObject({ state: 'checked' });
  });
});

describe('a check of a process that died', () => {
  it('leaves no items behind', async () => {
    const { id } = await office.check(file());
    await row(id).update({ state: 'checking', preview: null, heartbeat_at: longAgo() });
    await server.db('import_slips').where(ours()).delete();
    await server.services.importJobs.sweep();
    await ended(id);
    expect(await office.get(id)).toMatchObject({ state: 'failed', faults: [{ rule: 'interrupted' }] });
    const parts = await Promise.all(['slip_items', 'slip_open_items', 'payment_orders', 'import_payers'].map(count));
    expect(parts).toEqual([0, 0, 0, 0]);
  });
});
