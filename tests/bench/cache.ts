/**
 * A PDF of 60 kB into the offline cache and out of it, against the plain file: temporary file, fsync, rename; read.
 * Variants in turn, medians, ratios of the same run: `npm run bench`.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOfflineCache } from '../../src-main/cache/offline-cache.ts';
import type { CacheRecord, RecordId } from '../../src-main/cache/offline-cache.ts';
import { createLogger } from '../../src-main/log.ts';
import { median } from './statistics.ts';

const size = 60_000;
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 300);
const warmUp = 30;
/** Of the plain file's time. */
const targets = { write: 1.7, read: 2 };

// BENCH_FOLDER: on another disk than that of temporary files.
const folder = await mkdtemp(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'iiportal-bench-'));
const clock = () => new Date();
const log = createLogger((line) => process.stderr.write(line), clock);
const cache = await openOfflineCache({ folder: join(folder, 'offline'), key: randomBytes(32), owner: 'bench', log });
const id = (round: number): RecordId => ({ kind: 'document', name: `slip ${round}` });
const plainPath = (round: number) => join(folder, `${round}.pdf`);

async function writePlainly(path: string, content: Uint8Array): Promise<void> {
  const file = await open(`${path}.part`, 'wx', 0o600);
  await file.writeFile(content);
  await file.sync();
  await file.close();
  await rename(`${path}.part`, path);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const took = {
  write: { plain: [] as number[], kept: [] as number[] },
  read: { plain: [] as number[], kept: [] as number[] },
};

for (let round = 0; round < rounds + warmUp; round++) {
  const body = new Uint8Array(randomBytes(size));
  const record: CacheRecord = {
    ...{ mediaType: 'application/pdf', disposition: 'inline; filename="razdelilnik.pdf"' },
    ...{ savedAt: clock().toISOString(), body },
  };
  const variants = [
    ['plain', () => writePlainly(plainPath(round), body), () => readFile(plainPath(round))],
    ['kept', () => cache.write(id(round), record), () => cache.read(id(round))],
  ] as const;
  // Whoever comes first pays for what the disk has put off: by turns.
  for (const [name, write, read] of round % 2 === 0 ? variants : variants.toReversed()) {
    const times = [await timed(write), await timed(read)] as const;
    if (round < warmUp) continue;
    took.write[name].push(times[0]);
    took.read[name].push(times[1]);
  }
}

console.log(`Offline cache: ${rounds} PDFs of ${size / 1000} kB, medians`);
console.table(
  Object.fromEntries(
    (['write', 'read'] as const).map((what) => {
      const [plain, kept] = [median(took[what].plain), median(took[what].kept)];
      const row = { 'plain ms': plain.toFixed(3), 'encrypted ms': kept.toFixed(3), ratio: (kept / plain).toFixed(2) };
      return [what, { ...row, target: `at most ${targets[what]}` }];
    }),
  ),
);
await cache.close();
await rm(folder, { recursive: true, force: true });
