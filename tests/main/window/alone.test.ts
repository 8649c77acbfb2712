import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isAloneAllTheSame } from '../../../src-main/window/alone.ts';
import { mountSmallDisk, whyNoSmallDisk } from '../../helpers/small-disk.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const why = await whyNoSmallDisk();

/** A process that lives until the test is over. */
function startProcess(): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid!;
}

/** The number of a process that is gone. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid!;
}

describe('a program that Chromium has not given its folder', () => {
  test('ends beside another one where the folder can be written, and leaves nothing there', async () => {
    const folder = await temporaryFolder();
    expect(isAloneAllTheSame(folder)).toBe(false);
    expect(await readdir(folder)).toEqual([]);
  });

  test.skipIf(why !== null)('goes on where nothing can be written, but beside none', async () => {
    const disk = await mountSmallDisk();
    const link = join(disk.folder, 'SingletonLock');
    const isAlone = async (marked: string | null) => {
      await disk.setReadOnly(false);
      await rm(link, { force: true });
      if (marked !== null) await symlink(marked, link);
      await disk.setReadOnly(true);
      return isAloneAllTheSame(disk.folder);
    };
    expect(await isAlone(null)).toBe(true);
    expect(await isAlone(`${hostname()}-${await endedProcess()}`), 'what a crash has left').toBe(true);
    expect(await isAlone('nonsense')).toBe(true);
    expect(await isAlone(`${hostname()}-${startProcess()}`), 'another program').toBe(false);
  });

  test.skipIf(why !== null)('goes by a file on Windows', async () => {
    const disk = await mountSmallDisk();
    await disk.setReadOnly(true);
    expect(isAloneAllTheSame(disk.folder, 'win32')).toBe(true);
    await disk.setReadOnly(false);
    await writeFile(join(disk.folder, 'lockfile'), '');
    await disk.setReadOnly(true);
    expect(isAloneAllTheSame(disk.folder, 'win32')).toBe(false);
  });
});
