import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeAtomically } from '../../../src-main/files/atomic-write.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

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
});
