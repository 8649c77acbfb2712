import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { openOfflineCache } from '../../../src-main/cache/offline-cache.ts';
import { openSettings } from '../../../src-main/settings/settings.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';
import { answerSize, cacheOptions, documentSize, ids } from './endless-files.ts';

const writer = fileURLToPath(new URL('./endless-writer.ts', import.meta.url));
/** At a time: while one starts, another writes. */
const lanes = 4;
const killsPerLane = 50;

/** One that ends by itself leaves what Node has compiled: the others start in half the time. */
async function compile(compiled: string): Promise<void> {
  const folder = await temporaryFolder();
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled };
  await promisify(execFile)(process.execPath, [writer, folder, 'once'], { env });
}

/** Starts the writer and kills it while it writes. */
async function killWhileWriting(folder: string, compiled: string): Promise<void> {
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled };
  const child = spawn(process.execPath, [writer, folder], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  await sleep(Math.random() * 12);
  child.kill('SIGKILL');
  await ended;
}

/** The letter that a file is filled with from the first byte to the last; fails for anything between two files. */
function letterOf(content: Uint8Array, size: number): string {
  expect(content.length).toBe(size);
  const text = Buffer.from(content).toString('latin1');
  expect(text).toBe(text[0]!.repeat(size));
  return text[0]!;
}

/** What the next start of the program finds, by kind. */
async function found(folder: string): Promise<Record<string, string>> {
  const { log, lines } = memoryLog();
  const settings = await openSettings(join(folder, 'settings.json'), log);
  const cache = await openOfflineCache(cacheOptions(folder, log));
  const [answer, document] = [await cache.read(ids.answer), await cache.read(ids.document)];
  await cache.close();
  expect(lines, 'nothing is damaged').toEqual([]);
  return {
    settings: settings.get().columns['payers']![39]!,
    answer: letterOf(answer!.body, answerSize),
    document: letterOf(document!.body, documentSize),
    saved: letterOf(await readFile(join(folder, 'saved.pdf')), documentSize),
  };
}

test('killed 200 times at any moment, every file is the old or the new one', { timeout: 300_000 }, async () => {
  const compiled = await temporaryFolder();
  await compile(compiled);
  const changed: Record<string, number> = {};
  const lane = async () => {
    const folder = await temporaryFolder();
    let before: Record<string, string> = {};
    for (let kill = 0; kill < killsPerLane; kill++) {
      await killWhileWriting(folder, compiled);
      const after = await found(folder);
      for (const [kind, letter] of Object.entries(after)) {
        if (letter !== before[kind]) changed[kind] = (changed[kind] ?? 0) + 1;
      }
      before = after;
    }
    expect((await readdir(folder)).filter((name) => !name.startsWith('.')).sort()).toEqual([
      'offline',
      'saved.pdf',
      'settings.json',
    ]);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  // The writer must have got somewhere with each kind, or nothing was shown.
  for (const kind of ['settings', 'answer', 'document', 'saved']) expect(changed[kind], kind).toBeGreaterThan(100);
});
