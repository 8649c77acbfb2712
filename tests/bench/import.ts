import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { pathOf } from '../../contract/endpoint.ts';
import { confirmImport, createImport, getImport } from '../../contract/imports.ts';
import type { Import } from '../../contract/imports.ts';
import { startMariaDb } from '../../scripts/lib/mariadb.mjs';
import { readConfig } from '../../server/config.ts';
import { closeServices, createServices } from '../../server/create-services.ts';
import { generateBillingFile } from '../../server/sample/billing-file.ts';
import { createManager, createStaff } from '../helpers/factories.ts';
import { bareInsert } from './import/bare.ts';
import { watch } from './import/watch.ts';
import { startServer, type ServerProcess } from './server/process.ts';

/**
 * A billing file from its first byte to the draft by the real server in its own process, against the bare way of all
 * its rows into their tables: `load data local` of a file on MariaDB, a prepared insert for each row on SQLite. In the
 * same run: `npm run bench`, with BENCH_SLIPS=100000 for the large one. September has eight items a slip, and some
 * garages. The office confirms at once.
 */
const slips = Number(process.env['BENCH_SLIPS'] ?? 20_000);

const seconds = (since: number): number => (performance.now() - since) / 1000;

function* buffers(): Generator<Buffer> {
  for (const text of generateBillingFile({ payers: slips, months: 1, seed: 1, until: '2026-09' }))
    yield Buffer.from(text);
}

/** Does something with the database before the server has it, or when it has it no more. */
async function withServices<T>(dataDir: string, url: string, work: (it: ReturnType<typeof createServices>) => T) {
  const services = createServices(readConfig({ DATA_DIR: dataDir, DATABASE_URL: url, LOG_LEVEL: 'error' }));
  try {
    return await work(services);
  } finally {
    await closeServices(services);
  }
}

async function ask(url: string, init: RequestInit): Promise<Import> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return JSON.parse(text) as Import;
}

/** Seconds of each phase. What is cleared after the draft stands is no part of it, as nobody waits for it. */
async function importFile({ origin, megabytes }: ServerProcess, token: string, path: string) {
  const headers = { Authorization: `Bearer ${token}` };
  const until = async (id: string, wanted: Import['state']): Promise<Import> => {
    for (;;) {
      const found = await ask(origin + pathOf(getImport, { id }), { headers });
      if (found.state === wanted) return found;
      if (!['checking', 'checked', 'writing'].includes(found.state)) throw new Error(JSON.stringify(found));
      await sleep(20);
    }
  };
  const watched = watch(origin, headers);
  const start = performance.now();
  const { id } = await ask(origin + pathOf(createImport), {
    ...{ method: 'POST', headers: { ...headers, 'Content-Type': 'text/csv' }, duplex: 'half' },
    body: Readable.toWeb(createReadStream(path)) as BodyInit,
  });
  const received = seconds(start);
  const { progress } = await until(id, 'checked');
  const checked = seconds(start);
  await ask(origin + pathOf(confirmImport, { id }), { method: 'POST', headers });
  await until(id, 'draft');
  const toDraft = seconds(start);
  const phases = { received, checked: checked - received, written: toDraft - checked, toDraft };
  return { ...phases, rows: progress.rows, rss: await megabytes(), ...(await watched.stop()) };
}

async function measure(name: string, urlOf: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-bench-'));
  const url = urlOf.replace('{folder}', folder);
  try {
    const { token } = await withServices(folder, url, async ({ db }) => {
      await db.migrate.latest();
      return createStaff(db, (await createManager(db)).id, 'admin');
    });
    const path = join(folder, 'bench.csv');
    await pipeline(Readable.from(buffers()), createWriteStream(path));
    const server = await startServer(folder, url);
    const it = await importFile(server, token, path).finally(server.stop);
    const bare = await withServices(folder, url, ({ db }) => bareInsert(db, folder));
    console.log(
      `${name}: ${slips} slips, ${it.rows} rows: to the draft ${it.toDraft.toFixed(1)} s (receive ${it.received.toFixed(1)}, ` +
        `read, stage, check, preview ${it.checked.toFixed(1)}, write ${it.written.toFixed(1)}); ` +
        `bare ${bare.all.toFixed(1)} s, items alone ${bare.items.toFixed(1)} s; ratio ${(it.toDraft / bare.all).toFixed(1)}, to the items alone ${(it.toDraft / bare.items).toFixed(1)}; ` +
        `the server's largest memory ${it.rss.toFixed(0)} MB; ` +
        `${it.requests} requests meanwhile, p50 ${it.p50.toFixed(0)} ms, p99 ${it.p99.toFixed(0)} ms, longest ${it.longest.toFixed(0)} ms`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const only = process.env['BENCH_DATABASE'];
if (only !== 'mariadb') await measure('SQLite', 'sqlite:{folder}/bench.db');
if (only !== 'sqlite') {
  const server = await startMariaDb();
  try {
    const connection = await createConnection(server.url);
    await connection.query('create database bench character set utf8mb4 collate utf8mb4_slovenian_ci');
    await connection.end();
    await measure('MariaDB', `${server.url}/bench`);
  } finally {
    await server.stop();
  }
}
