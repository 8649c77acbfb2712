import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Unfinished writes are recognised by this ending and swept away. */
export const unfinishedEnding = '.part';

/**
 * Writes a file so that after a crash at any moment the old or the new one is there, never a part of it.
 * `mode` is 0600: nothing that we write is for other users of the computer.
 * With `mustLast` false it may be the old one even after this has resolved: a power cut is all that can bring it back.
 */
export async function writeAtomically(
  path: string,
  write: (file: FileHandle) => Promise<void>,
  { mustLast = true } = {},
): Promise<void> {
  const unfinished = join(dirname(path), `.${randomBytes(8).toString('hex')}${unfinishedEnding}`);
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  if (mustLast) await syncFolder(dirname(path));
}

/** The rename itself must survive a power cut. Windows neither needs nor allows this. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
