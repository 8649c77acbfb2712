/**
 * A run with very many slips: the run itself and its slips, from the first page to searches and filters, against loading
 * the whole list of slips, from the same server and in turn: `npm run bench`, with BENCH_LIST for another number of
 * slips than a hundred thousand. What an index leads to may take a tenth of the whole list at the most, what has to look
 * at each slip or its payer once (a search, a large channel, the recipients) half of it; and 20 kB each.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { RunSlipFilter } from '../../contract/runs.ts';
import { startMariaDb } from '../../scripts/lib/mariadb.mjs';
import { readConfig } from '../../server/config.ts';
import { closeServices, createServices } from '../../server/create-services.ts';
import { rowsOf } from '../../server/db/bulk.ts';
import { planOf } from '../../server/db/plan.ts';
import type { BillingRun } from '../../server/models/billing-run.ts';
import { recipientsOf } from '../../server/modules/runs/run-recipients.queries.ts';
import { pageOfRunSlips, type RunSlipRow } from '../../server/modules/runs/run-slips.queries.ts';
import { presentRun, presentRunSlip } from '../../server/modules/runs/runs.presenter.ts';
import { findRun, viewRuns } from '../../server/modules/runs/runs.queries.ts';
import type { Services } from '../../server/services.ts';
import { createPayers } from './payers/data.ts';
import { completeRuns } from './runs/data.ts';
import { median } from './statistics.ts';

const slips = Number(process.env['BENCH_LIST'] ?? 100_000);
const rounds = 5;
const largest = 20_000;
const mostRatio = 0.1;
const mostRatioOfAll = 0.5;
const looksAtAll = /^(recipients|search|channel of (a|half))/;

interface Bench {
  readonly services: Services;
  readonly run: BillingRun;
}

type Asked = RunSlipFilter & { readonly cursor?: string };

/** What the handler of the list does, to the last byte of its answer. */
async function page({ services: { db }, run }: Bench, asked: Asked): Promise<string> {
  const found = await findRun(db, [run.managerId], run.id);
  const { items, ...more } = await pageOfRunSlips(db, found, { ...asked, limit: 50 });
  return JSON.stringify({ ...more, items: items.map(presentRunSlip) });
}

async function oneRun({ services: { db }, run }: Bench): Promise<string> {
  const found = await findRun(db, [run.managerId], run.id);
  return JSON.stringify((await viewRuns(db, run.managerId, [found])).map(presentRun));
}

const recipients = async ({ services: { db }, run }: Bench): Promise<string> =>
  JSON.stringify(await recipientsOf(db, run));

/** All slips of the run as one answer: one statement, and each table by the index that serves it best. */
async function wholeList({ services: { db }, run }: Bench): Promise<string> {
  const { inOrder, byKey } = planOf(db);
  const sql = `select ${inOrder} s.id, s.number, s.payer_id as payerId, p.code as payerCode, p.name as payerName,
      p.channel, s.due_date as dueDate, s.total_cents as totalCents, s.first_opened_at as firstOpenedAt
    from slips s join payers p ${byKey} on p.manager_id = s.manager_id and p.id = s.payer_id
    where s.manager_id = ? and s.run_id = ? order by s.number`;
  const rows = rowsOf<RunSlipRow>(await db.raw(sql, [run.managerId, run.id]));
  return JSON.stringify({ items: rows.map(presentRunSlip), total: rows.length });
}

async function timed(work: () => Promise<string>): Promise<{ ms: number; bytes: number }> {
  const start = performance.now();
  const text = await work();
  return { ms: performance.now() - start, bytes: Buffer.byteLength(text) };
}

async function questionsOf(bench: Bench, buildingId: string): Promise<Record<string, () => Promise<string>>> {
  const { nextCursor } = JSON.parse(await page(bench, {})) as { nextCursor: string };
  const found = JSON.parse(await page(bench, { search: 'ana' })) as { nextCursor: string };
  const asked: Record<string, Asked> = {
    'first page': {},
    'next page': { cursor: nextCursor },
    'search: a number': { search: 'R-2026-10-77777' },
    'search: a payer': { search: 'ščuka 1077777' },
    'search: many': { search: 'ana' },
    'search: many, next page': { search: 'ana', cursor: found.nextCursor },
    'search: nobody': { search: 'nikogar' },
    opened: { opened: 'true' },
    building: { buildingId },
    'channel of a tenth': { channel: 'bank' },
    'channel of half of them': { channel: 'none' },
    'channel of nobody': { channel: 'imdocs' },
    'all together': { search: 'ana', opened: 'false', channel: 'email', buildingId },
  };
  const pages = Object.entries(asked).map(([name, filter]) => [name, () => page(bench, filter)] as const);
  return { 'the run': () => oneRun(bench), recipients: () => recipients(bench), ...Object.fromEntries(pages) };
}

async function compare(name: string, bench: Bench, buildingId: string): Promise<void> {
  const whole: number[] = [];
  const answers = new Map<string, { ms: number[]; bytes: number }>();
  const questions = Object.entries(await questionsOf(bench, buildingId));
  for (let round = 0; round < rounds; round += 1) {
    whole.push((await timed(() => wholeList(bench))).ms);
    for (const [question, ask] of questions) {
      const { ms, bytes } = await timed(ask);
      const known = answers.get(question) ?? { ms: [], bytes };
      answers.set(question, { ms: [...known.ms, ms], bytes });
    }
  }
  console.log(`${name}: a run of ${slips} slips, the whole list ${median(whole).toFixed(0)} ms`);
  for (const [question, { ms, bytes }] of answers) {
    const ratio = median(ms) / median(whole);
    const most = looksAtAll.test(question) ? mostRatioOfAll : mostRatio;
    const fault = ratio > most || bytes > largest ? '  TOO MUCH' : '';
    console.log(
      `  ${question}: ${median(ms).toFixed(0)} ms, ratio ${ratio.toFixed(3)}, ${(bytes / 1000).toFixed(1)} kB${fault}`,
    );
    if (fault) process.exitCode = 1;
  }
}

async function measure(name: string, url: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-bench-'));
  const config = readConfig({ DATA_DIR: folder, DATABASE_URL: url.replace('{folder}', folder), LOG_LEVEL: 'error' });
  const services = createServices(config);
  try {
    await services.db.migrate.latest();
    const { managerId, buildingId } = await createPayers(services.db, slips);
    const run = await completeRuns(services.db, managerId, slips);
    await compare(name, { services, run }, buildingId);
  } finally {
    await closeServices(services);
    await rm(folder, { recursive: true, force: true });
  }
}

await measure('SQLite', 'sqlite:{folder}/bench.db');
const server = await startMariaDb();
try {
  const connection = await createConnection(server.url);
  await connection.query('create database bench character set utf8mb4 collate utf8mb4_slovenian_ci');
  await connection.end();
  await measure('MariaDB', `${server.url}/bench`);
} finally {
  await server.stop();
}
