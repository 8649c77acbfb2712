/**
 * Twenty people sign in at once at the cost of production: how long the event loop stands still meanwhile, and when it
 * has nothing to do; and how much more two workers do than one: `npm run bench`.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pass } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { pathOf } from '../../contract/endpoint.ts';
import { createSession } from '../../contract/session.ts';
import { buildApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { closeServices, createServices } from '../../server/create-services.ts';
import type { Account } from '../../server/models/account.ts';
import { createPasswords, type Passwords } from '../../server/passwords/passwords.ts';
import { createAccount } from '../helpers/factories.ts';
import { median } from './statistics.ts';

const password = 'Dolgo-geslo-7';
const signIns = 20;
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const resolution = 5;

interface Stop {
  /** The longest that the event loop stood still, in milliseconds: also for want of a processor on a busy machine. */
  readonly still: number;
  /** The longest that its own thread worked without a pause: nothing else on the machine is in this. */
  readonly busy: number;
}

async function longestStop(work: Promise<unknown>): Promise<Stop> {
  const delay = monitorEventLoopDelay({ resolution });
  let [busy, last] = [0, ownTime()];
  const watch = setInterval(() => {
    const now = ownTime();
    [busy, last] = [Math.max(busy, now - last), now];
  }, 1);
  delay.enable();
  await work;
  delay.disable();
  clearInterval(watch);
  return { still: Math.max(0, delay.max / 1e6 - resolution), busy };
}

/** Processor time of this thread, in milliseconds. */
function ownTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const describe = (stops: readonly Stop[]): string =>
  `${median(stops.map(({ still }) => still)).toFixed(1)} ms (${stops.map(({ still }) => still.toFixed(0)).join(', ')}), ` +
  `at work itself for ${median(stops.map(({ busy }) => busy)).toFixed(1)} ms`;

async function compareStops(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-bench-'));
  const settings = {
    DATA_DIR: folder,
    DATABASE_URL: `sqlite:${join(folder, 'bench.db')}`,
    TRUSTED_PROXIES: '127.0.0.1',
  };
  const services = createServices(readConfig({ ...settings, HUMAN_CHECK: 'off', LOG_LEVEL: 'error' }));
  await services.db.migrate.latest();
  const handle = buildApp(services).callback();
  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  const passwordHash = await services.passwords.hash(password);

  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}${pathOf(createSession)}`;

  /** Each round has people of its own, from elsewhere: who is signed in is asked first, and an address has its limit. */
  async function newPeople(round: number): Promise<Worker> {
    const people: Account[] = [];
    while (people.length < signIns) people.push(await createAccount(services.db, { passwordHash }));
    const bodies = people.map(({ email }) => JSON.stringify({ email, password, device: 'bench' }));
    const client = new Worker(new URL('./passwords/client.ts', import.meta.url), {
      workerData: { address, bodies, from: `192.0.2.${round}` },
    });
    await once(client, 'message');
    return client;
  }

  async function signInTogether(client: Worker): Promise<void> {
    client.postMessage('go');
    const [refused] = (await once(client, 'message')) as [string[]];
    await client.terminate();
    if (refused.length > 0) throw new Error(refused.join('\n'));
  }

  try {
    await signInTogether(await newPeople(0)); // Starts the workers and warms everything up.
    const stops = { signingIn: [] as Stop[], idle: [] as Stop[] };
    for (let round = 1; round <= rounds; round += 1) {
      const client = await newPeople(round);
      const start = performance.now();
      stops.signingIn.push(await longestStop(signInTogether(client)));
      stops.idle.push(await longestStop(pass(performance.now() - start)));
    }
    console.log(`${signIns} sign-ins: the event loop stands still for at most ${describe(stops.signingIn)}`);
    console.log(`the same loop idle: ${describe(stops.idle)}`);
  } finally {
    server.close();
    await closeServices(services);
    await rm(folder, { recursive: true, force: true });
  }
}

async function hashesPerSecond(passwords: Passwords): Promise<number> {
  const start = performance.now();
  await Promise.all(Array.from({ length: 8 }, () => passwords.hash(password)));
  return 8_000 / (performance.now() - start);
}

async function compareWorkers(): Promise<void> {
  const [one, two] = [createPasswords(12, 1), createPasswords(12, 2)];
  const ratios: number[] = [];
  await Promise.all([hashesPerSecond(one), hashesPerSecond(two)]);
  for (let round = 0; round < rounds; round += 1) {
    const single = await hashesPerSecond(one);
    ratios.push((await hashesPerSecond(two)) / single);
  }
  await Promise.all([one.close(), two.close()]);
  console.log(
    `two workers hash ${median(ratios).toFixed(2)} times as much as one (${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`,
  );
}

await compareStops();
await compareWorkers();
