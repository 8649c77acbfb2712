import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { writeAtomically } from '../../../src-main/files/atomic-write.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const size = 200_000;
const isWhole = (content: Buffer) => content.length === size && content.every((byte) => byte === content[0]);

describe('an atomic write', () => {
  test('leaves the old file when the writing fails, and no leftovers', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'file');
    await writeFile(path, 'old');
    const fails = writeAtomically(path, async (file) => {
      await file.writeFile('half of the new');
      throw new Error('disk full');
    });
    await expect(fails).rejects.toThrow('disk full');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['file']);
  });

  test.skipIf(process.platform === 'win32')('is for nobody else on the computer', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeAtomically(path, (file) => file.writeFile('secret'));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('killed at any moment, it leaves the old or the new file, never a part', { timeout: 60_000 }, async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'file');
    await writeFile(path, Buffer.alloc(size, 1));
    const writer = fileURLToPath(new URL('./endless-writer.ts', import.meta.url));
    let written = 0;
    for (let round = 0; round < 25; round++) {
      const before = (await readFile(path))[0];
      const child = spawn(process.execPath, [writer, path, String(size)], { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = once(child, 'exit');
      // One write is done, the next is under way.
      await once(child.stdout, 'data');
      await sleep(Math.random() * 15);
      child.kill('SIGKILL');
      await ended;
      const content = await readFile(path);
      expect(isWhole(content), `round ${round}`).toBe(true);
      if (content[0] !== before) written++;
    }
    // The writer must have got somewhere, or nothing was shown.
    expect(written).toBeGreaterThan(20);
  });
});
