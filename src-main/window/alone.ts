import { randomUUID } from 'node:crypto';
import { readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What Chromium marks the user's folder with while a program runs in it: a link to "computer-process", or a file. */
const mark = { link: 'SingletonLock', file: 'lockfile' } as const;

function canWrite(folder: string): boolean {
  const file = join(folder, `.${randomUUID()}`);
  try {
    writeFileSync(file, 'x', { flag: 'wx', mode: 0o600 });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(file, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isMarked(folder: string, platform: NodeJS.Platform): boolean {
  try {
    if (platform === 'win32') return statSync(join(folder, mark.file)).isFile();
    const pid = Number(/-(\d+)$/.exec(readlinkSync(join(folder, mark.link)))?.[1]);
    return pid > 0 && pid !== process.pid && isAlive(pid);
  } catch {
    return false;
  }
}

/**
 * Whether the program runs alone although Chromium has not given it the user's folder. On a disk that takes nothing it
 * gives it to nobody; to end then without a word, as a second start does, would leave the person with no program at all.
 */
export const isAloneAllTheSame = (folder: string, platform: NodeJS.Platform = process.platform): boolean =>
  !isMarked(folder, platform) && !canWrite(folder);
