import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { startMariaDb } from '../../scripts/lib/mariadb.mjs';
import { freePort } from '../../scripts/lib/processes.mjs';

const run = promisify(execFile);
const patienceMs = 120_000;

/** The real server as a process of its own, with the operators' commands at hand. */
export interface Portal {
  readonly address: string;
  /** Where its mails are, as .eml files. */
  readonly mails: string;
  /** All that the server has logged. */
  log(): Promise<string>;
  /** An operator's command; answers what it prints. */
  operate(...words: string[]): Promise<string>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** As when the computer loses its power: the server has no time for anything. */
  kill(): Promise<void>;
  remove(): Promise<void>;
}

/** An empty database of that kind, and how to end what it needs. */
async function createDatabase(kind: 'sqlite' | 'mariadb', folder: string) {
  if (kind === 'sqlite') return { url: `sqlite:${join(folder, 'portal.db')}`, end: () => Promise.resolve() };
  const server = await startMariaDb();
  const connection = await createConnection(server.url);
  await connection.query('create database portal character set utf8mb4 collate utf8mb4_slovenian_ci');
  await connection.end();
  return { url: `${server.url}/portal`, end: () => server.stop() };
}

async function isReady(address: string): Promise<boolean> {
  return fetch(`${address}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
}

async function waitFor(server: ChildProcess, address: string): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(100)) {
    if (server.exitCode !== null) throw new Error(`the server ended with code ${server.exitCode}`);
    if (await isReady(address)) return;
  }
  throw new Error('the server did not get ready');
}

/** @param more settings of the server besides those that it needs */
export async function createPortal(kind: 'sqlite' | 'mariadb', more: Record<string, string> = {}): Promise<Portal> {
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-portal-'));
  const database = await createDatabase(kind, folder);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const settings = { DATA_DIR: folder, DATABASE_URL: database.url, HOST: '127.0.0.1', PORT: `${port}` };
  const env = { ...process.env, ...settings, PUBLIC_URL: address, LOG_LEVEL: 'warn', ...more };
  const logFile = join(folder, 'server.log');
  let server: ChildProcess | null = null;

  async function start(): Promise<void> {
    const log = await open(logFile, 'a');
    server = spawn(process.execPath, ['server/index.ts'], { env, stdio: ['ignore', log.fd, log.fd] });
    await log.close();
    await waitFor(server, address);
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (server?.exitCode === null) {
      const ended = once(server, 'exit');
      server.kill(signal);
      await ended;
    }
    server = null;
  }
  const stop = () => end('SIGTERM');

  return {
    address,
    mails: join(folder, 'mail'),
    log: () => readFile(logFile, 'utf8'),
    operate: async (...words) => (await run(process.execPath, ['server/cli/index.ts', ...words], { env })).stdout,
    start,
    stop,
    kill: () => end('SIGKILL'),
    remove: async () => {
      await stop();
      await database.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
