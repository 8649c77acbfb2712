import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { uniqueNames, zipped, type ZipEntry } from '../../server/zip.ts';

const file = (count: number): ZipEntry => ({ name: `${count}.bin`, bytes: Buffer.alloc(100_000, `${Math.random()}`) });

describe('a ZIP that is made while it is fetched', () => {
  it('has every file, in order', async () => {
    const files = [1, 2, 3].map(file);
    const read = unzipSync(new Uint8Array(await buffer(zipped(Readable.from(files)))));
    expect(Object.entries(read)).toEqual(files.map(({ name, bytes }) => [name, new Uint8Array(bytes)]));
  });

  it('makes no more than is taken, and stops making when nobody takes any more', async () => {
    let made = 0;
    let isOver = false;
    async function* endless() {
      try {
        for (;;) {
          await turn();
          yield { name: `${(made += 1)}.bin`, bytes: crypto.getRandomValues(Buffer.alloc(60_000)) };
        }
      } finally {
        isOver = true;
      }
    }
    const zip = zipped(endless());
    for (let count = 0; count < 200; count += 1) await turn();
    expect(made).toBeLessThan(5);
    zip.destroy();
    for (let count = 0; count < 20; count += 1) await turn();
    expect(isOver).toBe(true);
  });

  it('breaks off when a file cannot be made: half of it is not a whole one', async () => {
    async function* failing() {
      yield file(1);
      await turn();
      throw new Error('no paper');
    }
    await expect(buffer(zipped(failing()))).rejects.toThrow('no paper');
  });
});

describe('names', () => {
  it('are given once each, with a number before the ending', () => {
    const unique = uniqueNames();
    expect(['a.pdf', 'A.pdf', 'a.pdf', 'a-2.pdf', 'b', 'b'].map(unique)).toEqual([
      'a.pdf',
      'A-2.pdf',
      'a-3.pdf',
      'a-2-2.pdf',
      'b',
      'b-2',
    ]);
  });
});
