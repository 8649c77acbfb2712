/**
 * How long the program takes to its first usable screen, and what it holds, against an empty Electron window on the same
 * machine, in turn: `npm run bench`. The portal that it is set to never answers. Linux alone, where all of it can be read.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findElectron, sandboxFlags } from '../../scripts/lib/electron.mjs';
import { startOwnSession } from '../../scripts/lib/own-session.mjs';
import { measureStart, type Program, type Start } from './start/run.ts';
import { median } from './statistics.ts';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 9);
const project = process.env['BENCH_PROGRAM'] ?? join(import.meta.dirname, '../..');
const limits = { loadedMs: 1.3, usableMs: 1.6, memoryMb: 1.15 };

const electron = findElectron();
if (!electron || process.platform !== 'linux') throw new Error('this needs Linux and an Electron (npm run setup)');
const { flags } = sandboxFlags();
const keyring = await mkdtemp(join(tmpdir(), 'iiportal-bench-keyring-'));
const own = await startOwnSession({ bus: true, display: true, keyring, password: 'bench' });
const silent = createServer().listen(0, '127.0.0.1');
await once(silent, 'listening');
const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;

const program = (folder: string, sign: string): Program => ({
  electron: electron.path,
  args: [...flags, folder],
  env: { ...own.env, IIPORTAL_PORTAL: address },
  sign,
});
const empty = program(join(import.meta.dirname, 'start/empty-window'), 'h1');
const ours = program(project, 'input[type=password]');

function report(starts: { ours: Start[]; empty: Start[] }): void {
  for (const [part, limit] of Object.entries(limits) as [keyof Start, number][]) {
    const [our, their] = [starts.ours, starts.empty].map((each) => median(each.map((start) => start[part])));
    const ratios = starts.ours.map((start, round) => start[part] / (starts.empty[round]?.[part] ?? NaN));
    const spread = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2)).join(' to ');
    console.log(
      `start, ${part}: ours ${our?.toFixed(0)}, empty window ${their?.toFixed(0)}, ` +
        `ratio ${median(ratios).toFixed(2)} (${spread} in ${rounds} rounds; at most ${limit})`,
    );
  }
}

try {
  const starts = { ours: [] as Start[], empty: [] as Start[] };
  // The files come from the disk once.
  await measureStart(empty);
  await measureStart(ours);
  for (let round = 0; round < rounds; round += 1) {
    starts.empty.push(await measureStart(empty));
    starts.ours.push(await measureStart(ours));
  }
  report(starts);
} finally {
  silent.close();
  await own.stop();
  await rm(keyring, { recursive: true, force: true });
}
