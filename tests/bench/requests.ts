/**
 * The slip list of signed-in residents, from the real server, against bare node:http with one prepared statement that
 * reads the same page from the same database, in turn: `npm run bench`, with BENCH_PAYERS=80000 for a large database.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { pathOf } from '../../contract/endpoint.ts';
import { listSlips } from '../../contract/slips.ts';
import { startMariaDb } from '../../scripts/lib/mariadb.mjs';
import { freePort, stopChild } from '../../scripts/lib/processes.mjs';
import { connect } from '../../server/db/connect.ts';
import { createSlips, type Resident } from './requests/data.ts';
import { answers, getRequest, requestsPerSecond, type Target } from './requests/load.ts';
import { median } from './statistics.ts';

const payers = Number(process.env['BENCH_PAYERS'] ?? 5_000);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 9);
const roundMs = 2_000;
const connections = 50;

interface Running extends Target {
  readonly stop: () => Promise<void>;
}

/** A server in a process of its own, as it runs in production; its log goes nowhere. */
async function start(program: string, env: NodeJS.ProcessEnv, requests: readonly string[]): Promise<Running> {
  const port = await freePort();
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const running = { port, requests, stop: () => stopChild(child) };
  while (!(await listens(port))) if (child.exitCode !== null) throw new Error(`${program} ended`);
  return running;
}

async function listens(port: number): Promise<boolean> {
  try {
    await answers({ port, requests: [] });
    return true;
  } catch {
    return false;
  }
}

async function compare(name: string, ours: Target, bare: Target): Promise<void> {
  if (!isDeepStrictEqual(await answers(ours), await answers(bare))) throw new Error('the servers answer differently');
  // Until the engine has compiled what runs often, which takes some thousand requests.
  await requestsPerSecond(ours, 5 * roundMs);
  await requestsPerSecond(bare, 2 * roundMs);
  const rates = { ours: [] as number[], bare: [] as number[], ratio: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const [our, their] = [await requestsPerSecond(ours, roundMs), await requestsPerSecond(bare, roundMs)];
    rates.ours.push(our);
    rates.bare.push(their);
    rates.ratio.push(our / their);
  }
  const spread = [Math.min(...rates.ratio), Math.max(...rates.ratio)].map((ratio) => ratio.toFixed(2)).join(' to ');
  console.log(
    `${name}: slip list ${median(rates.ours).toFixed(0)} requests a second, bare node:http ` +
      `${median(rates.bare).toFixed(0)}, ratio ${median(rates.ratio).toFixed(2)} (${spread} in ${rounds} rounds)`,
  );
}

async function residentsOf(url: string): Promise<Resident[]> {
  const db = connect(url);
  try {
    await db.migrate.latest();
    return await createSlips(db, payers, connections);
  } finally {
    await db.destroy();
  }
}

async function measure(name: string, url: string, folder: string): Promise<void> {
  const residents = await residentsOf(url);
  const asked = residents.map(({ token }) => getRequest(pathOf(listSlips), { Authorization: `Bearer ${token}` }));
  const ours = await start('../../server/index.ts', { DATABASE_URL: url, DATA_DIR: folder }, asked);
  const bareAsked = residents.map(({ managerId, payerId }) => getRequest(`/${managerId}/${payerId}`));
  const bare = await start('./requests/bare-server.ts', { DATABASE_URL: url }, bareAsked);
  try {
    await compare(name, ours, bare);
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
  }
}

const folder = await mkdtemp(join(tmpdir(), 'iiportal-bench-'));
try {
  await measure('SQLite', `sqlite:${join(folder, 'bench.db')}`, folder);
  const server = await startMariaDb();
  try {
    const connection = await createConnection(server.url);
    await connection.query('create database bench character set utf8mb4 collate utf8mb4_slovenian_ci');
    await connection.end();
    await measure('MariaDB', `${server.url}/bench`, folder);
  } finally {
    await server.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
