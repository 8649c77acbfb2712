import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openOfflineCache } from '../../../src-main/cache/offline-cache.ts';
import type { CacheRecord } from '../../../src-main/cache/offline-cache.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const key = randomBytes(32);
const pdf: CacheRecord = {
  mediaType: 'application/pdf',
  disposition: 'inline; filename="razdelilnik.pdf"',
  savedAt: '2026-11-23T08:00:00.000Z',
  body: new Uint8Array(Buffer.from('%PDF Šmartinska cesta 152')),
};

let folder: string;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'offline');
});

/** A copy of the key: the cache overwrites its own when it is closed. */
const open = (changes: { key?: Buffer; owner?: string; largestBytes?: number } = {}) =>
  openOfflineCache({
    folder,
    key: Buffer.from(changes.key ?? key),
    owner: 'https://a.si ana',
    log: memoryLog().log,
    ...changes,
  });

async function theFile(): Promise<string> {
  const names = await readdir(folder);
  expect(names).toHaveLength(1);
  return join(folder, names[0]!);
}

describe('the offline cache', () => {
  test('gives back what was written, also when opened again', async () => {
    const cache = await open();
    await cache.write('slips.pdf 1', pdf);
    expect(await cache.read('slips.pdf 1')).toEqual(pdf);
    expect(await (await open()).read('slips.pdf 1')).toEqual(pdf);
    expect(await cache.read('slips.pdf 2')).toBeNull();
  });

  test('replaces a record, and removes it', async () => {
    const cache = await open();
    await cache.write('r', pdf);
    const newer = { ...pdf, savedAt: '2026-12-01T08:00:00.000Z', body: new Uint8Array([1, 2, 3]) };
    await cache.write('r', newer);
    expect(await cache.read('r')).toEqual(newer);
    await cache.remove('r');
    expect(await cache.read('r')).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  test('keeps nothing readable on the disk, names included', async () => {
    const cache = await open();
    await cache.write('slips.pdf 1', pdf);
    const file = await theFile();
    expect(file).not.toContain('slips');
    const bytes = await readFile(file);
    for (const text of ['PDF', 'martinska', 'application', '2026']) expect(bytes.includes(text)).toBe(false);
  });

  test('never uses a nonce twice', async () => {
    const cache = await open();
    const nonces = new Set<string>();
    for (let i = 0; i < 50; i++) {
      await cache.write('r', pdf);
      nonces.add((await readFile(await theFile())).subarray(1, 13).toString('hex'));
    }
    expect(nonces.size).toBe(50);
  });

  test('drops a record in which any single bit was flipped', async () => {
    const cache = await open();
    await cache.write('r', { ...pdf, body: new Uint8Array([7]) });
    const file = await theFile();
    const good = await readFile(file);
    for (let at = 0; at < good.length; at++) {
      const bad = Buffer.from(good);
      bad[at]! ^= 1 << (at % 8);
      await writeFile(file, bad);
      expect(await cache.read('r'), `byte ${at}`).toBeNull();
      expect(await readdir(folder), `byte ${at}`).toEqual([]);
    }
    await writeFile(file, good);
    expect(await cache.read('r')).not.toBeNull();
  });

  test('drops a record that was cut, emptied, zeroed or written by another version', async () => {
    const cache = await open();
    await cache.write('r', pdf);
    const file = await theFile();
    const good = await readFile(file);
    const otherVersion = Buffer.from(good);
    otherVersion[0] = 2;
    const faults = [
      Buffer.alloc(0),
      good.subarray(0, 10),
      good.subarray(0, -1),
      Buffer.alloc(good.length),
      otherVersion,
    ];
    for (const fault of faults) {
      await writeFile(file, fault);
      expect(await cache.read('r')).toBeNull();
      expect(await readdir(folder)).toEqual([]);
    }
  });

  test('does not open with another key, for another account, or in the place of another record', async () => {
    const cache = await open();
    await cache.write('r', pdf);
    const sealed = await readFile(await theFile());
    const other = await open({ key: randomBytes(32) });
    await other.write('r', pdf);
    const stranger = await open({ owner: 'https://a.si bojan' });
    expect(await (await open()).read('r')).toEqual(pdf);
    // The same key, the same name: only the owner in the additional data differs.
    expect(await stranger.read('r')).toBeNull();

    await cache.write('s', pdf);
    for (const name of await readdir(folder)) await writeFile(join(folder, name), sealed);
    expect(await cache.read('s')).toBeNull();
  });

  test('lets the oldest go when it is full', async () => {
    const body = new Uint8Array(1000);
    const cache = await open({ largestBytes: 3500 });
    for (const name of ['1', '2', '3']) await cache.write(name, { ...pdf, body });
    await cache.write('1', { ...pdf, body });
    await cache.write('4', { ...pdf, body });
    expect(await cache.read('2')).toBeNull();
    for (const name of ['3', '1', '4']) expect(await cache.read(name), name).not.toBeNull();
  });

  test('knows after a restart which is the oldest, and sweeps up what a crash left', async () => {
    const body = new Uint8Array(1000);
    const before = await open();
    await before.write('old', { ...pdf, body });
    const file = await theFile();
    await utimes(file, new Date(0), new Date(0));
    await before.write('new', { ...pdf, body });
    await writeFile(join(folder, '.0123.part'), 'half');
    const after = await open({ largestBytes: 3500 });
    await after.write('newest', { ...pdf, body });
    await after.write('last', { ...pdf, body });
    expect(await after.read('old')).toBeNull();
    expect(await after.read('new')).not.toBeNull();
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('writes nothing any more once it is closed', async () => {
    const cache = await open();
    await cache.write('before', pdf);
    const underWay = cache.write('under way', pdf);
    await cache.close();
    const names = await readdir(folder);
    await underWay;
    await cache.write('late', pdf);
    expect(await cache.read('before')).toBeNull();
    expect(await readdir(folder)).toEqual(names);
  });

  test('fails to write where the folder cannot be written to, and says so', async () => {
    const cache = await open();
    await mkdir(join(folder, 'gone'), { recursive: true });
    const name = await cache.write('r', pdf).then(theFileName);
    await cache.remove('r');
    // A folder in the file's place refuses the rename, for root too.
    await mkdir(join(folder, name, 'x'), { recursive: true });
    await expect(cache.write('r', pdf)).rejects.toThrow();
    expect((await readdir(folder)).filter((found) => found.endsWith('.part'))).toEqual([]);
  });
});

const theFileName = async () => (await readdir(folder)).find((name) => name !== 'gone')!;
