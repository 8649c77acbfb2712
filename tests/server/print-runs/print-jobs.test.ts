import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getPrintRun, printRunHeader } from '../../../contract/print-runs.ts';
import { newId } from '../../../server/db/id.ts';
import { toInstant } from '../../../server/db/time.ts';
import { createDocuments, type Documents } from '../../../server/documents/documents.ts';
import { createLogger } from '../../../server/logger.ts';
import { PrintRun } from '../../../server/models/print-run.ts';
import { printFile } from '../../../server/modules/print-runs/print-files.ts';
import { selectSlips } from '../../../server/modules/print-runs/print-selection.ts';
import { trailOf } from '../../helpers/audit.ts';
import { eventually } from '../../helpers/eventually.ts';
import { createStaff } from '../../helpers/factories.ts';
import { createPrintOffice, type PrintOffice } from '../../helpers/print-runs.ts';
import { startTestServer, type TestServer } from '../../helpers/server.ts';

/** The real threads, with a hand on what goes to them. */
const threads = createDocuments(createLogger('silent'));
let before: () => Promise<void>;
let rendered: number;
let drafts: number;
let release: () => void;
const documents: Documents = {
  ...threads,
  slipPages: async (batch) => {
    await before();
    rendered += batch.length;
    drafts += batch.filter(({ isDraft }) => isDraft).length;
    return threads.slipPages(batch);
  },
};

let server: TestServer;
let office: PrintOffice;

beforeAll(async () => {
  server = await startTestServer({ services: { documents } });
});

afterAll(() => server.close());

beforeEach(async () => {
  before = () => Promise.resolve();
  release = () => undefined;
  rendered = 0;
  drafts = 0;
  office = await createPrintOffice(server);
});

afterEach(() => release());

const rowsOf = () => PrintRun.query(server.db).where({ manager_id: office.manager.id });

/** Lets the first batches through and holds the others until it is called. */
function holdAfter(batches: number): () => void {
  let come = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  before = () => ((come += 1) > batches ? promise : Promise.resolve());
  release = resolve;
  return resolve;
}

async function slips(count: number): Promise<void> {
  const payer = await office.payer();
  for (let number = 1; number < count; number += 1) await office.slipOf(payer, `R-${newId()}`);
}

const begin = async (signal?: AbortSignal) => {
  const response = await office.open({}, signal);
  expect(response.status).toBe(200);
  const reader = response.body!.getReader();
  await reader.read();
  return { id: response.headers.get(printRunHeader)!, reader };
};

async function readAll(reader: ReadableStreamDefaultReader<unknown>): Promise<void> {
  for (;;) if ((await reader.read()).done) return;
}

const stateOf = async (id: string) =>
  (await server.api(getPrintRun, { token: office.clerk.token, params: { id } })).body;

const settled = (id: string) =>
  eventually(async () => {
    const run = await stateOf(id);
    expect(run.state).not.toBe('running');
    return run;
  });

describe('a print run under way', () => {
  it('tells how far it is, once a second', async () => {
    await slips(220);
    holdAfter(2);
    const { id, reader } = await begin();
    await eventually(async () => expect((await stateOf(id)).slipsDone).toBe(29));
    expect(await stateOf(id)).toMatchObject({ state: 'running', slips: 220, finishedAt: null });
    release();
    await readAll(reader);
    expect(await settled(id)).toMatchObject({ state: 'done', slipsDone: 220 });
  });

  it('makes no more than is taken: what is drawn does not wait in memory', async () => {
    await slips(600);
    const { managerId, id: runId } = office.run;
    const { slipIds } = await selectSlips(server.db, managerId, { runId });
    let taken = 0;
    const signal = new AbortController().signal;
    const body = printFile(
      { db: server.db, documents },
      {
        ...{
          managerId,
          managerName: 'Upravnik',
          period: '2026-10',
          form: 'pdf',
          bothSides: false,
          createdAt: new Date(),
        },
        ...{ slipIds, boxOf: () => null, signal, onSlip: () => (taken += 1) },
      },
    );
    const chunks = body[Symbol.asyncIterator]();
    await chunks.next();
    await eventually(() => expect(taken).toBeGreaterThan(0));
    // Time enough to make them all, if nothing kept it waiting.
    await sleep(1_000);
    expect(rendered).toBeLessThanOrEqual(taken + 250);
    expect(rendered).toBeLessThan(400);
    while (!(await chunks.next()).done);
    expect([taken, rendered]).toEqual([600, 600]);
  });

  it('ends when the connection is closed, and renders no more', async () => {
    await slips(500);
    holdAfter(1);
    const canceller = new AbortController();
    const { id } = await begin(canceller.signal);
    canceller.abort();
    const run = await settled(id);
    expect(run).toMatchObject({ state: 'cancelled' });
    expect(run.finishedAt).not.toBeNull();
    release();
    await sleep(300);
    // What was with the threads at that moment, and not a slip more.
    expect(rendered).toBeLessThanOrEqual(250);
    const trail = await trailOf(server.services, office.manager.id);
    expect(JSON.parse(trail.at(-1)!.details)).toMatchObject({ state: 'cancelled' });
  });

  it('breaks off when a document fails: nobody takes half of it for the whole', async () => {
    await slips(300);
    let come = 0;
    before = () => ((come += 1) > 4 ? Promise.reject(new Error('no paper')) : Promise.resolve());
    const { id, reader } = await begin();
    await expect(readAll(reader)).rejects.toThrow();
    expect(await settled(id)).toMatchObject({ state: 'failed' });
  });

  it('of a draft has all its slips marked as such, and of a published run none', async () => {
    await slips(3);
    await office.print();
    expect([rendered, drafts]).toEqual([3, 0]);
    office = await createPrintOffice(server, { state: 'draft' });
    await slips(3);
    expect((await office.print()).status).toBe(200);
    expect([rendered, drafts]).toEqual([6, 3]);
  });

  it('breaks off when a slip of the draft is replaced', async () => {
    office = await createPrintOffice(server, { state: 'draft' });
    await slips(400);
    holdAfter(1);
    const { id, reader } = await begin();
    const last = await server
      .db('slips')
      .where({ run_id: office.run.id })
      .orderBy('number', 'desc')
      .limit(100)
      .pluck('id');
    await server.db('slips').whereIn('id', last).delete();
    release();
    await expect(readAll(reader)).rejects.toThrow();
    expect(await settled(id)).toMatchObject({ state: 'failed' });
  });

  it('that fails before its first page is answered as a failure', async () => {
    await slips(1);
    before = () => Promise.reject(new Error('no paper'));
    expect((await office.print()).problem).toMatchObject({ status: 500, code: 'internal' });
    await eventually(async () => expect(await rowsOf()).toMatchObject([{ state: 'failed', isRunning: null }]));
  });

  it('is the only one of its account; others have theirs, and all else is answered meanwhile', async () => {
    await slips(120);
    holdAfter(1);
    const { id, reader } = await begin();
    expect((await office.print()).problem).toMatchObject({ status: 409, code: 'print_running' });
    expect((await stateOf(id)).state).toBe('running');
    const colleague = await createStaff(server.db, office.manager.id, 'clerk');
    const theirs = office.open({}, undefined, colleague.token);
    await eventually(async () => expect(await rowsOf()).toHaveLength(2));
    release();
    await readAll(reader);
    expect((await theirs).status).toBe(200);
    await (await theirs).arrayBuffer();
    await settled(id);
    expect((await office.print()).status).toBe(200);
  });

  it('waits for its turn when a process is at as many as it takes', async () => {
    await slips(120);
    holdAfter(0);
    const opened: Promise<Response>[] = [];
    for (let count = 0; count < 4; count += 1) {
      const { token } = await createStaff(server.db, office.manager.id, 'clerk');
      opened.push(office.open({}, undefined, token));
      await eventually(async () => expect(await rowsOf()).toHaveLength(count + 1));
    }
    const { problem } = await office.print();
    expect(problem).toMatchObject({ code: 'rate_limited', retryAfter: 60 });
    release();
    for (const response of await Promise.all(opened)) await response.arrayBuffer();
    await eventually(async () => expect((await rowsOf()).map(({ state }) => state)).toEqual(Array(4).fill('done')));
  });
});

describe('a print run whose process died', () => {
  const row = (heartbeat: number, more: object = {}) => {
    const now = toInstant(new Date());
    return PrintRun.query(server.db).insertAndFetch({
      ...{ managerId: office.manager.id, id: newId(), runId: office.run.id, period: '2026-10', form: 'pdf' },
      ...{ slipPasswords: false, selection: '{}', state: 'running', isRunning: 1, slips: 9, slipsDone: 3 },
      ...{ createdAt: now, heartbeatAt: toInstant(new Date(Date.now() + heartbeat)), ...more },
    });
  };

  it('is marked as failed; one that lives is not', async () => {
    const [dead, alive, fromTheFuture] = [await row(-31_000), await row(-20_000), await row(3_600_000)];
    await server.services.printJobs.sweep();
    const states = new Map((await rowsOf()).map(({ id, state, isRunning }) => [id, [state, isRunning]]));
    expect(states.get(dead.id)).toEqual(['failed', null]);
    expect(states.get(alive.id)).toEqual(['running', 1]);
    expect(states.get(fromTheFuture.id)).toEqual(['failed', null]);
  });

  it('does not stand in the way of the next one of its account', async () => {
    await slips(1);
    await row(-31_000, { createdBy: office.admin.account.id });
    expect((await office.print()).status).toBe(200);
  });

  it('is not gone on with when another process has taken it for dead', async () => {
    await slips(120);
    holdAfter(1);
    const { id, reader } = await begin();
    await PrintRun.query(server.db).where({ id }).patch({ state: 'failed', isRunning: null });
    await expect(readAll(reader)).rejects.toThrow();
    expect(await stateOf(id)).toMatchObject({ state: 'failed' });
  });
});

describe('stopping the server', () => {
  it('breaks off what is being sent', async () => {
    await slips(120);
    holdAfter(1);
    const { id, reader } = await begin();
    await server.services.printJobs.stop();
    await expect(readAll(reader)).rejects.toThrow();
    expect(await stateOf(id)).toMatchObject({ state: 'failed' });
    release();
  });
});
