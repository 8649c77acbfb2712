import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { discardImport } from '../../../contract/imports.ts';
import { toInstant } from '../../../server/db/time.ts';
import { generateBillingFile } from '../../../server/sample/billing-file.ts';
import { billingFile, slipRow } from '../../helpers/billing-file.ts';
import { createOffice, digest, type Office } from '../../helpers/imports.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

/** What becomes of the work on a file that is cancelled, stops, or dies with its process. */
let server: TestServer;
let office: Office;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

beforeEach(async () => {
  office = await createOffice(server);
});

const discard = (id: string) => server.api(discardImport, { token: office.token, params: { id } });
const ours = () => ({ manager_id: office.manager.id });
const staged = () => server.db('import_payers').where(ours());
/** What a process leaves behind that dies in the middle of an import. */
const stage = async (id: string) => {
  await server.db('import_payers').insert({
    ...{ ...ours(), import_id: id, code: '1', variant: 'a', first_row: 2, new_id: 'b' },
    ...{ name: '', street: '', town: '', channel: 'none', search: '' },
  });
  await server.db('imports').where({ ...ours(), id }).update({ is_staged: true }); // prettier-ignore
};
const sweep = async (id: string) => {
  await server.services.importJobs.sweep();
  await server.services.importJobs.ended(id);
};

describe('a running check', () => {
  const large = () => [...generateBillingFile({ payers: 400, months: 6, seed: 1, until: '2026-10' })].join('');

  it('keeps a second file of the same manager out, but not of another', async () => {
    const file = large();
    const [first, second] = await Promise.all([office.send(file), office.send(file)]);
    expect([first.status, second.status].sort()).toEqual([202, 409]);
    expect((first.status === 409 ? first : second).problem.code).toBe('import_running');
    const other = await createOffice(server);
    expect(await other.import(billingFile([{}]))).toMatchObject({ state: 'draft' });
    const { id } = (first.status === 202 ? first : second).body;
    expect((await discard(id)).body).toMatchObject({ state: 'discarded' });
    await server.services.importJobs.ended(id);
  });

  it('is cancelled by a discard, and leaves nothing', async () => {
    const before = await digest(server, office.manager.id);
    const { body } = await office.send(large());
    expect((await discard(body.id)).body).toMatchObject({ state: 'discarded' });
    await server.services.importJobs.ended(body.id);
    expect(await office.get(body.id)).toMatchObject({ state: 'discarded', newSlips: 0 });
    expect(await digest(server, office.manager.id)).toBe(before);
  });

  it('fails and says so when the server stops, and leaves nothing', async () => {
    const before = await digest(server, office.manager.id);
    const { body } = await office.send(large());
    await server.services.importJobs.stop();
    expect(await office.get(body.id)).toMatchObject({ state: 'failed', faults: [{ row: null, rule: 'interrupted' }] });
    expect(await digest(server, office.manager.id)).toBe(before);
  });

  it('of a process that died is marked as failed, its rows cleared, and a new file is taken', async () => {
    const { id } = await office.import(billingFile([{}]));
    await discard(id);
    const longAgo = toInstant(new Date(Date.now() - 60_000));
    await server
      .db('imports')
      .where({ ...ours(), id })
      .update({ state: 'checking', preview: null, heartbeat_at: longAgo });
    await stage(id);
    expect(await office.import(billingFile([slipRow(5)]))).toMatchObject({ state: 'draft' });
    expect(await office.get(id)).toMatchObject({ state: 'failed', faults: [{ rule: 'interrupted' }] });
    expect(await staged()).toEqual([]);
  });

  it('that came to its end before its process died is cleared up after', async () => {
    const { id } = await office.import(billingFile([{}]));
    await stage(id);
    await sweep(id);
    expect(await staged()).toEqual([]);
    expect(await office.get(id)).toMatchObject({ state: 'draft' });
  });

  it('whose heart beats is left alone', async () => {
    const { id } = await office.import(billingFile([{}]));
    await server
      .db('imports')
      .where({ ...ours(), id })
      .update({ state: 'checking' });
    await server.services.importJobs.sweep();
    expect(await office.get(id)).toMatchObject({ state: 'checking' });
    expect((await office.send(billingFile([slipRow(5)]))).problem.code).toBe('import_running');
  });
});
