import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openOfflineCache } from '../../../src-main/cache/offline-cache.ts';
import type { CacheRecord, OfflineCacheOptions, RecordId } from '../../../src-main/cache/offline-cache.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const key = randomBytes(32);
const pdf: CacheRecord = {
  mediaType: 'application/pdf',
  disposition: 'inline; filename="razdelilnik.pdf"',
  savedAt: '2026-11-23T08:00:00.000Z',
  body: new Uint8Array(Buffer.from('%PDF Šmartinska cesta 152')),
};
const answer = (name: string): RecordId => ({ kind: 'answer', name });
const document = (name: string): RecordId => ({ kind: 'document', name });
const r = document('slips.pdf 1');

let folder: string;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'offline');
});

/** A copy of the key: the cache overwrites its own when it is closed. */
const open = (changes: Partial<OfflineCacheOptions> = {}) =>
  openOfflineCache({
    folder,
    owner: 'https://a.si ana',
    log: memoryLog().log,
    ...changes,
    key: Buffer.from(changes.key ?? key),
  });

const recordsIn = async () => (await readdir(folder)).filter((name) => name !== 'format.json');

async function theFile(): Promise<string> {
  const names = await recordsIn();
  expect(names).toHaveLength(1);
  return join(folder, names[0]!);
}

describe('the offline cache', () => {
  test('gives back what was written, also when opened again', async () => {
    const cache = await open();
    await cache.write(r, pdf);
    expect(await cache.read(r)).toEqual(pdf);
    expect(await (await open()).read(r)).toEqual(pdf);
    expect(await cache.read(document('slips.pdf 2'))).toBeNull();
  });

  test.each([0, 1, 128 * 1024 - 200, 128 * 1024, 1024 * 1024])('keeps a document of %i bytes whole', async (size) => {
    const cache = await open();
    const large = { ...pdf, body: new Uint8Array(randomBytes(size)) };
    await cache.write(r, large);
    const kept = await cache.read(r);
    expect(Buffer.compare(kept!.body, large.body)).toBe(0);
  });

  test('replaces a record, and removes it', async () => {
    const cache = await open();
    await cache.write(r, pdf);
    const newer = { ...pdf, savedAt: '2026-12-01T08:00:00.000Z', body: new Uint8Array([1, 2, 3]) };
    await cache.write(r, newer);
    expect(await cache.read(r)).toEqual(newer);
    await cache.remove(r);
    expect(await cache.read(r)).toBeNull();
    expect(await recordsIn()).toEqual([]);
  });

  test('keeps nothing readable on the disk, names included', async () => {
    const cache = await open();
    await cache.write(r, pdf);
    const file = await theFile();
    expect(file).not.toContain('slips');
    const bytes = await readFile(file);
    for (const text of ['PDF', 'martinska', 'application', '2026']) expect(bytes.includes(text)).toBe(false);
  });

  test('never uses a nonce twice', async () => {
    const cache = await open();
    const nonces = new Set<string>();
    for (let i = 0; i < 50; i++) {
      await cache.write(r, pdf);
      nonces.add((await readFile(await theFile())).subarray(9, 21).toString('hex'));
    }
    expect(nonces.size).toBe(50);
  });

  test('writes nothing any more once it is closed', async () => {
    const cache = await open();
    await cache.write(r, pdf);
    const underWay = cache.write(answer('under way'), pdf);
    await cache.close();
    const names = await recordsIn();
    await underWay;
    await cache.write(answer('late'), pdf);
    expect(await cache.read(r)).toBeNull();
    expect(await recordsIn()).toEqual(names);
  });

  test('fails to write where the file cannot be written, says so, and leaves nothing half-written', async () => {
    const cache = await open();
    await cache.write(r, pdf);
    const file = await theFile();
    await cache.remove(r);
    // A folder in the file's place refuses the rename, for root too.
    await mkdir(join(file, 'x'), { recursive: true });
    await expect(cache.write(r, pdf)).rejects.toThrow();
    expect((await readdir(folder)).filter((found) => found.endsWith('.part'))).toEqual([]);
  });

  test('does not open with another key, for another account, or in the place of another record', async () => {
    const cache = await open();
    await cache.write(r, pdf);
    const sealed = await readFile(await theFile());
    // The same key, the same name: only the owner in the additional data differs.
    expect(await (await open({ owner: 'https://a.si bojan' })).read(r)).toBeNull();
    await cache.write(r, pdf);
    await cache.write(document('s'), pdf);
    for (const name of await recordsIn()) await writeFile(join(folder, name), sealed);
    expect(await cache.read(document('s'))).toBeNull();
  });
});

describe('a damaged record', () => {
  /** The parts of the file, as record-crypto.ts lays them out. */
  const parts = (length: number): Record<string, readonly [number, number]> => ({
    format: [0, 1],
    'key id': [1, 9],
    nonce: [9, 21],
    'length of the head': [21, 25],
    head: [25, 125],
    body: [125, length - 16],
    tag: [length - 16, length],
  });

  test.each(['format', 'key id', 'nonce', 'length of the head', 'head', 'body', 'tag'])(
    'is dropped when any bit of its %s was flipped',
    async (part) => {
      const cache = await open();
      await cache.write(r, pdf);
      const file = await theFile();
      const good = await readFile(file);
      const [from = 0, to = 0] = parts(good.length)[part] ?? [];
      expect(to).toBeGreaterThan(from);
      for (let at = from; at < to; at++)
        for (let bit = 0; bit < 8; bit++) {
          const bad = Buffer.from(good);
          bad[at]! ^= 1 << bit;
          await writeFile(file, bad);
          expect(await cache.read(r), `bit ${bit} of byte ${at}`).toBeNull();
          expect(await recordsIn(), `bit ${bit} of byte ${at}`).toEqual([]);
        }
      await writeFile(file, good);
      expect(await cache.read(r)).toEqual(pdf);
    },
  );

  test('is dropped when it was cut at any place, emptied, zeroed, lengthened or of another format', async () => {
    const cache = await open();
    await cache.write(r, { ...pdf, body: new Uint8Array([7]) });
    const file = await theFile();
    const good = await readFile(file);
    const faults = [...good.keys()].map((length) => good.subarray(0, length));
    faults.push(Buffer.alloc(good.length), Buffer.concat([good, Buffer.of(0)]));
    for (const format of [0, 1, 3, 255]) faults.push(Buffer.concat([Buffer.of(format), good.subarray(1)]));
    for (const [index, fault] of faults.entries()) {
      await writeFile(file, fault);
      expect(await cache.read(r), `fault ${index}`).toBeNull();
      expect(await recordsIn(), `fault ${index}`).toEqual([]);
    }
    await cache.write(r, pdf);
    expect(await cache.read(r), 'fetched again').toEqual(pdf);
  });

  test('that cannot be read at all is not there, and no failure', async () => {
    const cache = await open();
    await cache.write(r, pdf);
    const file = await theFile();
    await cache.remove(r);
    await mkdir(file);
    expect(await cache.read(r)).toBeNull();
  });
});

describe('room', () => {
  const body = new Uint8Array(1000);
  const year = (number: number) => new Date(Date.UTC(number, 0));
  const has = async (cache: Awaited<ReturnType<typeof open>>, ...ids: RecordId[]) => {
    const found = await Promise.all(ids.map((id) => cache.read(id)));
    return found.map((record) => record !== null);
  };

  test('is made by the oldest documents, whenever they were fetched, never by answers', async () => {
    const cache = await open({ largestBytes: 4700 });
    await cache.write(answer('slip'), { ...pdf, body });
    for (const [name, rank] of [
      ['2026', year(2026)],
      ['2024', year(2024)],
      ['2025', year(2025)],
    ] as const) {
      await cache.write(document(name), { ...pdf, body }, rank);
    }
    await cache.write(answer('list'), { ...pdf, body });
    expect(await has(cache, answer('slip'), answer('list'))).toEqual([true, true]);
    await expect
      .poll(() => has(cache, document('2024'), document('2025'), document('2026')))
      .toEqual([false, true, true]);
    const { bytes, documents } = await cache.usage();
    expect(bytes).toBeLessThanOrEqual(4700);
    expect(documents).toBe(2);
  });

  test('lets nobody in who would go at once', async () => {
    const cache = await open({ largestBytes: 2500 });
    for (const name of [2025, 2026]) await cache.write(document(`${name}`), { ...pdf, body }, year(name));
    expect(await cache.wouldKeep(year(2024), 1000)).toBe(false);
    expect(await cache.wouldKeep(year(2024), 10)).toBe(true);
    expect(await cache.wouldKeep(year(2027), 1000)).toBe(true);
  });

  test('never takes what was shown last, however old the slip is', async () => {
    const cache = await open({ largestBytes: 3700 });
    await cache.write(document('2020'), { ...pdf, body }, year(2020));
    // The clock may have been put back: it is not by its moment alone that what was shown stays.
    vi.useFakeTimers({ toFake: ['Date'], now: year(2001) });
    onTestFinished(() => void vi.useRealTimers());
    await cache.show(document('2020'));
    vi.useRealTimers();
    for (const name of [2024, 2025, 2026]) await cache.write(document(`${name}`), { ...pdf, body }, year(name));
    await expect.poll(() => has(cache, document('2024'))).toEqual([false]);
    expect(await has(cache, document('2020'), document('2025'), document('2026'))).toEqual([true, true, true]);
  });

  test('goes by the same order after a restart, and what a crash left is swept up', async () => {
    const before = await open();
    await before.write(document('2026'), { ...pdf, body }, year(2026));
    await before.write(document('2025'), { ...pdf, body }, year(2025));
    const part = join(folder, '.0123.part');
    await writeFile(part, 'half');
    await utimes(part, year(2020), year(2020));
    const after = await open({ largestBytes: 3500 });
    for (const name of ['list', 'slip']) await after.write(answer(name), { ...pdf, body: body.subarray(0, 500) });
    await expect.poll(() => has(after, document('2025'))).toEqual([false]);
    expect(await has(after, document('2026'), answer('list'), answer('slip'))).toEqual([true, true, true]);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('after a pass, only what the portal lists and what was kept meanwhile is there', async () => {
    const cache = await open();
    for (const name of ['gone', 'listed']) await cache.write(document(name), pdf, year(2025));
    const turn = cache.turn();
    await cache.write(document('meanwhile'), pdf);
    await cache.keepOnly([document('listed')], turn);
    expect(await has(cache, document('gone'), document('listed'), document('meanwhile'))).toEqual([false, true, true]);
    const later = await open();
    await later.keepOnly([document('meanwhile')], later.turn());
    expect(await has(later, document('listed'), document('meanwhile'))).toEqual([false, true]);
  });
});
