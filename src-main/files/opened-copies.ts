import { lstat, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../gateway/problems.ts';
import { createTurns } from '../in-turn.ts';
import type { Logger } from '../log.ts';

/** Opens a file in the program that the system has for it; answers why not, or nothing. */
export type OpenPath = (path: string) => Promise<string>;

export interface OpenedCopiesDeps {
  /** The system's folder for temporary files. */
  readonly folder: string;
  /** Tells this profile's folders there from everybody else's. */
  readonly profileId: () => string;
  readonly openPath: OpenPath;
  readonly log: Logger;
}

/**
 * Copies that other programs show: the only files with somebody's slips that lie open on this computer without having
 * been saved by the person. Nobody but the user can read them, and they go with the session and at the end.
 */
export interface OpenedCopies {
  /** Writes what `read` answers and opens it. Fails with `file_failed`, or `not_signed_in` when the session ended meanwhile. */
  open(fileName: string, read: () => Promise<Uint8Array>): Promise<void>;
  /** Writes it without opening it, and answers where. Fails as `open` does. */
  write(fileName: string, read: () => Promise<Uint8Array>): Promise<string>;
  /** Also those that a crash has left. What a program still holds on Windows goes at the next start. */
  remove(): Promise<void>;
}

export function createOpenedCopies({ folder, profileId, openPath, log }: OpenedCopiesDeps): OpenedCopies {
  const prefix = () => `iiportal-${profileId()}-`;
  /** Grows with each removal: what was asked for before it is not written after it. */
  let age = 0;
  /** Writing and removing one after the other: nothing is written into a folder that is being removed. */
  const inTurn = createTurns();

  async function write(fileName: string, bytes: Uint8Array): Promise<string> {
    // Only the user may look into a folder that mkdtemp makes, and nobody can know its name beforehand.
    const path = join(await mkdtemp(join(folder, prefix())), fileName);
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
    return path;
  }

  async function removeAll(): Promise<void> {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((found) => found.startsWith(prefix()))) {
      const path = join(folder, name);
      try {
        if ((await lstat(path)).isDirectory()) await rm(path, { recursive: true, force: true });
      } catch (error) {
        log.warn('copy_not_removed', { error });
      }
    }
  }

  async function writeCopy(fileName: string, read: () => Promise<Uint8Array>): Promise<string> {
    const before = age;
    const bytes = await read();
    return await inTurn(async () => {
      if (age !== before) throw new ProblemError('not_signed_in');
      return await write(fileName, bytes).catch((cause: unknown) => {
        throw new ProblemError('file_failed', { cause });
      });
    });
  }

  return {
    write: writeCopy,

    async open(fileName, read) {
      const why = await openPath(await writeCopy(fileName, read));
      if (!why) return;
      log.error('copy_not_opened', { why });
      throw new ProblemError('file_failed');
    },

    remove() {
      age += 1;
      return inTurn(removeAll);
    },
  };
}
