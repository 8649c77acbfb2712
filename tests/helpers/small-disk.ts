import { execFile } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temp-folder.ts';

const run = promisify(execFile);

/** A disk of its own, which can be filled up and made read-only. */
export interface SmallDisk {
  readonly folder: string;
  fill(): Promise<void>;
  makeRoom(): Promise<void>;
  setReadOnly(isReadOnly: boolean): Promise<void>;
}

/** Why there can be none here: it takes Linux, and the right to mount. */
export async function whyNoSmallDisk(): Promise<string | null> {
  if (process.platform !== 'linux') return 'only Linux mounts a small disk for a test';
  // In a namespace that ends with the command: this only asks whether it may.
  return await run('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).then(
    () => (process.getuid?.() === 0 ? null : 'only root may mount a small disk'),
    () => 'only root may mount a small disk',
  );
}

/** @param megabytes Chromium's own files need a dozen */
export async function mountSmallDisk(megabytes = 1): Promise<SmallDisk> {
  const folder = await temporaryFolder();
  const size = `size=${megabytes}m`;
  await run('mount', ['-t', 'tmpfs', '-o', `${size},mode=700`, 'tmpfs', folder]);
  onTestFinished(async () => void (await run('umount', ['--lazy', folder])));
  const ballast = join(folder, 'ballast');
  return {
    folder,
    async fill() {
      const file = await open(ballast, 'a');
      try {
        for (;;) await file.write(Buffer.alloc(4096));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        await file.close();
      }
    },
    makeRoom: () => rm(ballast),
    setReadOnly: async (isReadOnly) =>
      void (await run('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'},${size}`, folder])),
  };
}
