import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import fileSystem from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { NewerCache, removeAside, removeKept } from '../../../src-main/cache/cache-folder.ts';
import { openOfflineCache } from '../../../src-main/cache/offline-cache.ts';
import type { CacheRecord, RecordId } from '../../../src-main/cache/offline-cache.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const key = randomBytes(32);
const owner = 'https://a.si ana';
const r: RecordId = { kind: 'document', name: 'slips.pdf 1' };
const pdfOf = (bytes: number): CacheRecord => ({
  ...{ mediaType: 'application/pdf', disposition: null, savedAt: '2026-11-23T08:00:00.000Z' },
  body: new Uint8Array(randomBytes(bytes)),
});
const pdf = pdfOf(100);
const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === 'linux';

let userData: string;
let folder: string;
let marker: string;

beforeEach(async () => {
  userData = await temporaryFolder();
  folder = join(userData, 'offline');
  marker = join(folder, 'format.json');
});

const open = (given = key) => openOfflineCache({ folder, owner, log: memoryLog().log, key: Buffer.from(given) });

async function filled() {
  const cache = await open();
  await cache.write(r, pdf);
  return cache;
}

/** All files below the folder of user data, by name. */
async function everything(): Promise<Record<string, string>> {
  const names = await readdir(userData, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const contents = await Promise.all(files.map(async (file) => [file, (await readFile(file)).toString('hex')]));
  return Object.fromEntries(contents) as Record<string, string>;
}

describe('the folder of the offline cache', () => {
  test.each([
    ['the first format, which had no marker', async () => writeFile(join(folder, 'a'.repeat(64)), Buffer.of(1, 2, 3))],
    ['an older format', () => writeFile(marker, '{"format":1,"keyId":"0011223344556677"}')],
  ])('is emptied when it is of %s', async (_, age) => {
    await mkdir(folder, { recursive: true });
    await age();
    const cache = await open();
    expect(await readdir(folder)).toEqual(['format.json']);
    await cache.write(r, pdf);
    expect(await (await open()).read(r)).toEqual(pdf);
  });

  test('stays as it is, and is not used, when a newer version of the program has written it', async () => {
    await filled();
    await writeFile(marker, '{"format":3,"keyId":"of another kind","more":true}');
    const before = await everything();
    for (const given of [key, randomBytes(32)]) await expect(open(given)).rejects.toThrow(NewerCache);
    expect(await everything()).toEqual(before);
  });

  test.each([
    ['empty', ''],
    ['zeroed', '\0'.repeat(40)],
    ['cut', '{"format":2,"key'],
    ['of something else', '[]'],
  ])('is set aside and begun anew when its marker is %s', async (_, damage) => {
    await filled();
    await writeFile(marker, damage);
    const cache = await open();
    expect(await cache.read(r)).toBeNull();
    expect(await readdir(`${folder}.unreadable`)).toHaveLength(2);
    await cache.write(r, pdf);
    expect(await (await open()).read(r)).toEqual(pdf);
    await removeAside(folder);
    expect(await readdir(userData)).toEqual(['offline']);
  });

  test('is set aside when its key is gone, once: of two lost keys nobody keeps the files', async () => {
    await filled();
    for (let lost = 0; lost < 2; lost++) {
      const other = await open(randomBytes(32));
      expect(await other.read(r)).toBeNull();
      await other.write(r, pdf);
    }
    expect((await readdir(userData)).sort()).toEqual(['offline', 'offline.unreadable']);
    await removeKept(folder);
    expect(await readdir(userData)).toEqual([]);
  });

  test('a file in its place is no reason to fail for ever', async () => {
    await writeFile(folder, 'no folder');
    const cache = await open();
    await cache.write(r, pdf);
    expect(await cache.read(r)).toEqual(pdf);
  });
});

/** A small disk of its own, which only root can have. */
function smallDisk(options: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', userData]);
  onTestFinished(() => void execFileSync('umount', ['-l', userData]));
}

const canMount = isLinux && isRoot && mounts();

function mounts(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('a disk', () => {
  test.runIf(canMount)('that is full refuses what comes, and what is there stays readable', async () => {
    smallDisk('size=256k,mode=700');
    const cache = await filled();
    const refused = cache.write({ ...r, name: 'too large' }, pdfOf(400_000));
    await expect(refused).rejects.toMatchObject({ code: 'ENOSPC' });
    // What replaces a good record, and does not fit beside it, leaves the good one.
    await expect(cache.write(r, pdfOf(400_000))).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(await cache.read(r)).toEqual(pdf);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
    const small = { ...r, name: 'small' };
    await cache.write(small, pdf);
    expect(await (await open()).read(small)).toEqual(pdf);
  });

  test.runIf(canMount)('that is full from the start lets no cache be opened', async () => {
    smallDisk('size=4k,mode=700');
    await writeFile(join(userData, 'other'), Buffer.alloc(4096));
    await expect(open()).rejects.toMatchObject({ code: 'ENOSPC' });
  });

  test.runIf(canMount || (isLinux && !isRoot))(
    'that is read-only: what is there is read, nothing is written',
    async () => {
      if (isRoot) smallDisk('size=1m,mode=700');
      await filled();
      if (isRoot) execFileSync('mount', ['-o', 'remount,ro', userData]);
      else await chmod(folder, 0o500);
      const cache = await open();
      expect(await cache.read(r)).toEqual(pdf);
      await expect(cache.write({ ...r, name: 'new' }, pdf)).rejects.toThrow();
      expect(await cache.read(r)).toEqual(pdf);
      await cache.show(r);
      if (!isRoot) await chmod(folder, 0o700);
    },
  );
});

describe('a thousand PDFs', () => {
  test(
    'are not looked at when the cache is opened and read, and a few at a time when they are',
    { timeout: 120_000 },
    async () => {
      const before = await open();
      const ids = Array.from({ length: 1000 }, (_, index): RecordId => ({ kind: 'document', name: `slip ${index}` }));
      for (const id of ids) await before.write(id, pdf, new Date(2026, 0));
      await before.usage();

      const listings = vi.spyOn(fileSystem, 'opendir');
      const statOf = fileSystem.stat;
      let [looks, atOnce, most] = [0, 0, 0];
      vi.spyOn(fileSystem, 'stat').mockImplementation(async (...given: Parameters<typeof statOf>) => {
        looks++;
        most = Math.max(most, ++atOnce);
        return await statOf(...given).finally(() => atOnce--);
      });
      syncBuiltinESMExports();
      onTestFinished(() => {
        vi.restoreAllMocks();
        syncBuiltinESMExports();
      });

      const cache = await open();
      expect(await cache.read(ids[500]!)).toEqual(pdf);
      expect(listings).not.toHaveBeenCalled();
      expect(looks).toBe(0);
      expect((await cache.usage()).documents).toBe(1000);
      expect((await cache.usage()).documents, 'known by now').toBe(1000);
      expect(listings).toHaveBeenCalledTimes(1);
      expect(looks).toBe(1000);
      expect(most).toBeLessThanOrEqual(32);
    },
  );
});
