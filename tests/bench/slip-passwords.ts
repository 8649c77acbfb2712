/**
 * Slip passwords for all payers of a manager as a list, from the order to the last byte, against the bare insert of as
 * many rows in the same run, for payers whose ids lie in the order of the list and for such whose do not: by these the
 * database writes all over its index; how much of it is hashing, how long another request waits meanwhile, and issuing them once
 * more, which voids the earlier ones: `npm run bench`, with BENCH_PAYERS=100000 for the large one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { startMariaDb } from '../../scripts/lib/mariadb.mjs';
import { readConfig } from '../../server/config.ts';
import { closeServices, createServices } from '../../server/create-services.ts';
import { breathe, insertRows } from '../../server/db/bulk.ts';
import { newId, placedId, timedIds } from '../../server/db/id.ts';
import { SlipPasswordBatch } from '../../server/models/slip-password-batch.ts';
import { batchFile } from '../../server/modules/slip-passwords/batch-file.ts';
import { openBatch } from '../../server/modules/slip-passwords/issue-batch.ts';
import { planBatch } from '../../server/modules/slip-passwords/slip-passwords.service.ts';
import type { Services } from '../../server/services.ts';
import { generateSlipPasswords, slipPasswordHmac } from '../../server/slip-password.ts';
import { createManager } from '../helpers/factories.ts';

const payers = Number(process.env['BENCH_PAYERS'] ?? 20_000);

const seconds = (since: number): number => (performance.now() - since) / 1000;

/** As an import leaves them: their ids lie in the order of its file, which may be that of the codes or any other. */
async function createPayers({ db }: Services, managerId: string, isByCode: boolean): Promise<void> {
  const columns = ['manager_id', 'id', 'code', 'name', 'street', 'town', 'channel', 'created_at', 'updated_at'];
  const at = '2026-11-01 08:00:00.000';
  for (let done = 0; done < payers; done += 500) {
    const rows = Array.from({ length: Math.min(500, payers - done) }, (_, index) => [
      ...[
        managerId,
        isByCode ? placedId((done + index) / payers) : newId(),
        String(1_000_000 + done + index),
        `Plačnik ${done + index}`,
        `Ulica ${index}`,
        '1000 Ljubljana',
      ],
      ...['none', at, at],
    ]);
    await insertRows(db, 'payers', columns, rows);
  }
}

/** The same rows, into a table without indexes and foreign keys. */
async function bareInsert({ db }: Services): Promise<number> {
  await db.schema.dropTableIfExists('bare_passwords');
  await db.raw('create table bare_passwords as select * from slip_passwords where 1 = 0');
  const columns = ['manager_id', 'id', 'payer_id', 'batch_id', 'hmac', 'issued_at', 'expires_at'];
  const [managerId, batchId, hmac, at] = [newId(), newId(), 'ab'.repeat(32), '2026-11-01 08:00:00.000'] as const;
  const start = performance.now();
  for (let done = 0; done < payers; done += 500) {
    const ids = timedIds(new Date(), Math.min(500, payers - done));
    const rows = ids.map((id) => [managerId, id, id, batchId, hmac, at, at]);
    await insertRows(db, 'bare_passwords', columns, rows);
    await breathe();
  }
  return seconds(start);
}

/** The passwords and their hashes alone. */
function hashing({ keys }: Services): number {
  const [managerId, payerId] = [newId(), newId()];
  const start = performance.now();
  for (const password of generateSlipPasswords(payers)) {
    slipPasswordHmac(keys.slipPassword, { managerId, payerId }, password);
  }
  return seconds(start);
}

/** How long a small question to the database waits for its answer, again and again until the work is done. */
async function waits({ db }: Services, work: Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  let isDone = false;
  void work.finally(() => (isDone = true));
  while (!isDone) {
    const start = performance.now();
    await db('managers').first('id');
    times.push(performance.now() - start);
    await pass(5);
  }
  return times.sort((a, b) => a - b);
}

async function issue(services: Services, managerId: string): Promise<void> {
  const who = { actorId: null, address: null };
  const order = { allWithoutAccount: true } as const;
  const batch = await openBatch(services, await planBatch(services, { managerId, who, order, form: 'list' }));
  let lines = 0;
  for await (const chunk of await batchFile(services, batch, 'text/csv'))
    lines += (chunk as Buffer).toString().split('\n').length - 1;
  const row = await SlipPasswordBatch.query(services.db).findById([managerId, batch.batchId]).throwIfNotFound();
  if (lines !== payers + 1 || row.issued !== payers) throw new Error(`${lines} lines, ${row.issued} issued`);
}

async function compare(name: string, services: Services, isByCode: boolean): Promise<void> {
  const { id: managerId } = await createManager(services.db);
  await createPayers(services, managerId, isByCode);
  const bare = await bareInsert(services);
  for (const round of ['first', 'again, voiding those']) {
    const start = performance.now();
    const before = process.cpuUsage();
    const server = databaseSeconds();
    const work = issue(services, managerId).then(() => seconds(start));
    const times = await waits(services, work);
    const took = await work;
    const { user, system } = process.cpuUsage(before);
    const own = (user + system) / 1e6;
    const hashed = hashing(services);
    console.log(
      `${name}, ${payers} slip passwords, file ${isByCode ? 'by code' : 'in another order'}, ${round}: ${took.toFixed(1)} s (processor ${own.toFixed(1)} s and the database's ${(databaseSeconds() - server).toFixed(1)} s), bare insert ${bare.toFixed(1)} s, ` +
        `ratio ${(took / bare).toFixed(1)}; hashing ${hashed.toFixed(2)} s, ${((hashed / took) * 100).toFixed(0)} % of it; ` +
        `another request waits ${times[Math.floor(times.length * 0.99)]!.toFixed(0)} ms (p99), ` +
        `${times.at(-1)!.toFixed(0)} ms at most; memory ${process.memoryUsage.rss() >> 20} MB`,
    );
  }
}

async function measure(name: string, url: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-bench-'));
  const settings = { DATA_DIR: folder, DATABASE_URL: url.replace('{folder}', folder), LOG_LEVEL: 'error' };
  const services = createServices(readConfig(settings));
  try {
    await services.db.migrate.latest();
    for (const isByCode of [true, false]) await compare(name, services, isByCode);
  } finally {
    await closeServices(services);
    await rm(folder, { recursive: true, force: true });
  }
}

/** What processes below this one have used of a processor so far, on Linux: the database server is the only one. */
function databaseSeconds(): number {
  if (process.platform !== 'linux') return Number.NaN;
  const stats = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(statOf); // prettier-ignore
  return stats.reduce((sum, { parent, ticks }) => (parent === process.pid ? sum + ticks / 100 : sum), 0);
}

/** Of a process that has ended meanwhile, nothing. */
function statOf(pid: string): { parent: number; ticks: number } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' '); // prettier-ignore
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return { parent: 0, ticks: 0 };
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
