import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { pathOf } from '../../contract/endpoint.ts';
import { createPrintRun } from '../../contract/print-runs.ts';
import { getRun } from '../../contract/runs.ts';
import { getSession } from '../../contract/session.ts';
import { startMariaDb } from '../../scripts/lib/mariadb.mjs';
import { readConfig } from '../../server/config.ts';
import { closeServices, createServices } from '../../server/create-services.ts';
import { BillingRun } from '../../server/models/billing-run.ts';
import { nobody } from '../../server/http/actor.ts';
import { confirmImport } from '../../server/modules/imports/confirm-import.ts';
import { createImport } from '../../server/modules/imports/imports.service.ts';
import { generateBillingFile } from '../../server/sample/billing-file.ts';
import { createManager, createStaff } from '../helpers/factories.ts';
import { startServer } from './server/process.ts';

/**
 * A print run by the real server, its database included: first byte, rate, memory, and how long others wait meanwhile.
 * `npm run bench`, with BENCH_SLIPS=100000 for a large one.
 */
const slips = Number(process.env['BENCH_SLIPS'] ?? 10_000);

function* file(): Generator<Buffer> {
  for (const text of generateBillingFile({ payers: slips, months: 1, seed: 1, until: '2026-09' }))
    yield Buffer.from(text);
}

/** An imported and published run, and the token of an admin. */
async function prepare(dataDir: string, url: string): Promise<{ runId: string; token: string }> {
  const services = createServices(readConfig({ DATA_DIR: dataDir, DATABASE_URL: url, LOG_LEVEL: 'error' }));
  const { db, importJobs } = services;
  await db.migrate.latest();
  const { id: managerId } = await createManager(db);
  const { account, token } = await createStaff(db, managerId, 'admin');
  const who = { managerId, accountId: account.id, fileName: 'bench.csv' };
  const { id } = await createImport(services, { address: '', body: Readable.from(file()), length: undefined }, who);
  await importJobs.ended(id);
  const actor = { ...nobody, accountId: account.id, roles: [{ managerId, role: 'admin' as const }] };
  await confirmImport(services, { actor, request: { address: '' } }, id);
  await importJobs.ended(id);
  const run = await BillingRun.query(db).findOne({ manager_id: managerId }).throwIfNotFound();
  await run.$query(db).patch({ state: 'published' });
  await closeServices(services);
  return { runId: run.id, token };
}

/** How long somebody else waits for an answer while it is printed: the longest of many. */
async function waits(origin: string, headers: HeadersInit, isOver: () => boolean): Promise<number> {
  let longest = 0;
  while (!isOver()) {
    const start = performance.now();
    await (await fetch(origin + pathOf(getSession), { headers })).arrayBuffer();
    longest = Math.max(longest, performance.now() - start);
    await sleep(20);
  }
  return longest;
}

async function print(origin: string, headers: HeadersInit, order: object) {
  const start = performance.now();
  const body = JSON.stringify(order);
  const answer = await fetch(origin + pathOf(createPrintRun), { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(await answer.text());
  let [firstByte, bytes] = [0, 0];
  for await (const chunk of answer.body!) {
    firstByte ||= performance.now() - start;
    bytes += (chunk as Uint8Array).length;
  }
  return { firstByte, bytes, seconds: (performance.now() - start) / 1000 };
}

async function measure(name: string, url: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-bench-'));
  const database = url.replace('{folder}', folder);
  const { runId, token } = await prepare(folder, database);
  const server = await startServer(folder, database);
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  try {
    const asked = performance.now();
    await (await fetch(server.origin + pathOf(getRun, { id: runId }), { headers })).arrayBuffer();
    const page = performance.now() - asked;
    for (const slipPasswords of [false, true]) {
      const cpu = await server.cpuSeconds();
      let isOver = false;
      const waiting = waits(server.origin, headers, () => isOver);
      const order = { selection: { runId }, form: 'pdf', slipPasswords };
      const { firstByte, bytes, seconds } = await print(server.origin, headers, order);
      isOver = true;
      const cpuUsed = (await server.cpuSeconds()) - cpu;
      console.log(
        `${name}: print run of ${slips} slips${slipPasswords ? ' with fresh passwords' : ''} in ${seconds.toFixed(1)} s, ` +
          `of processors ${(cpuUsed / seconds).toFixed(1)} (${cpuUsed.toFixed(0)} s), ` +
          `first byte after ${firstByte.toFixed(0)} ms, ${(bytes / slips / 1000).toFixed(1)} kB a slip; ` +
          `${(await server.megabytes()).toFixed(0)} MB at most; others waited ${(await waiting).toFixed(0)} ms at most`,
      );
    }
    console.log(`${name}: the run's page answered in ${page.toFixed(0)} ms`);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

await measure('SQLite', 'sqlite:{folder}/bench.db');
const mariaDb = await startMariaDb();
try {
  const connection = await createConnection(mariaDb.url);
  await connection.query('create database bench character set utf8mb4 collate utf8mb4_slovenian_ci');
  await connection.end();
  await measure('MariaDB', `${mariaDb.url}/bench`);
} finally {
  await mariaDb.stop();
}
