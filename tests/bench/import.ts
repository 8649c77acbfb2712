import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { createConnection } from 'mysql2/promise';
import { startMariaDb } from '../../scripts/lib/mariadb.mjs';
import { readConfig } from '../../server/config.ts';
import { closeServices, createServices } from '../../server/create-services.ts';
import { breathe, insertRows } from '../../server/db/bulk.ts';
import { newId } from '../../server/db/id.ts';
import { createImport } from '../../server/modules/imports/imports.service.ts';
import { generateBillingFile } from '../../server/sample/billing-file.ts';
import type { Services } from '../../server/services.ts';
import { Import } from '../../server/models/import.ts';
import { createAccount, createManager } from '../helpers/factories.ts';

/**
 * A billing file from its first byte to the draft, against the bare insert of as many item rows in batches, in the same
 * run: `npm run bench`, with BENCH_SLIPS=100000 for the large one. September has eight items a slip, and some garages.
 */
const slips = Number(process.env['BENCH_SLIPS'] ?? 20_000);
const columns = [
  ...['manager_id', 'slip_id', 'position', 'unit_id', 'payment_order_position', 'description', 'supplier'],
  ...['building_total_cents', 'allocation_key', 'quantity', 'measure', 'price', 'base_cents', 'vat_rate', 'vat_cents'],
  'amount_cents',
];

const seconds = (since: number): number => (performance.now() - since) / 1000;

function* buffers(): Generator<Buffer> {
  for (const text of generateBillingFile({ payers: slips, months: 1, seed: 1, until: '2026-09' }))
    yield Buffer.from(text);
}

/** The same number of rows as slip_items got, of the same shape, into a table without foreign keys. */
async function bareInsert({ db }: Services, rows: number): Promise<number> {
  await db.raw('create table bare_items as select * from slip_items where 1 = 0');
  const [managerId, unitId] = [newId(), newId()];
  const start = performance.now();
  for (let done = 0; done < rows; done += 500) {
    const batch = Array.from({ length: Math.min(500, rows - done) }, (_, index) => [
      ...[managerId, newId(), done + index, unitId, 2, 'Električna energija skupnih prostorov', 'Elektrika Zgled'],
      ...[123456, 'po številu oseb', '3.0', 'oseba', '1.8500', 555, '22', 122, 677],
    ]);
    await insertRows(db, 'bare_items', columns, batch);
    await breathe();
  }
  return seconds(start);
}

interface Figures {
  readonly toDraft: number;
  readonly rows: number;
  readonly rss: number;
  readonly p99: number;
}

async function importFile(services: Services): Promise<Figures> {
  const { db, importJobs } = services;
  const manager = await createManager(db);
  const account = await createAccount(db);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  let rss = 0;
  const watch = setInterval(() => (rss = Math.max(rss, process.memoryUsage.rss())), 50);
  const start = performance.now();
  delay.enable();
  const who = { managerId: manager.id, accountId: account.id, fileName: 'bench.csv' };
  const { id } = await createImport(services, { address: '', body: Readable.from(buffers()), length: undefined }, who);
  await importJobs.ended(id);
  delay.disable();
  clearInterval(watch);
  const row = await Import.query(db).findById([manager.id, id]).throwIfNotFound();
  if (row.state !== 'draft') throw new Error(`${row.state}: ${row.faults.slice(0, 500)}`);
  return { toDraft: seconds(start), rows: row.rowsRead, rss: rss / 2 ** 20, p99: delay.percentile(99) / 1e6 };
}

async function measure(name: string, url: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-bench-'));
  const services = createServices(
    readConfig({ DATA_DIR: folder, DATABASE_URL: url.replace('{folder}', folder), LOG_LEVEL: 'error' }),
  );
  try {
    await services.db.migrate.latest();
    const { toDraft, rows, rss, p99 } = await importFile(services);
    const bare = await bareInsert(services, rows);
    console.log(
      `${name}: ${slips} slips, ${rows} rows: import ${toDraft.toFixed(1)} s, bare insert ${bare.toFixed(1)} s, ` +
        `ratio ${(toDraft / bare).toFixed(1)}; largest memory ${rss.toFixed(0)} MB; event loop p99 ${p99.toFixed(0)} ms`,
    );
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
