import { opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unfinishedEnding } from '../files/atomic-write.ts';
import { markerName } from './cache-folder.ts';

/** A file of the folder. Its rank is its modification time: what is worth least has the lowest. */
export interface Item {
  readonly size: number;
  readonly rank: number;
  /** The turn of this run of the program in which it was written; 0: it was there before. */
  readonly turn: number;
}

export interface Inventory {
  readonly items: ReadonlyMap<string, Item>;
  total(): number;
  note(name: string, item: Item): void;
  forget(name: string): void;
  /** Resolves when all files of the folder are in here. */
  complete(): Promise<void>;
}

/** Files are looked at some at a time, so that a thousand of them do not hold up what the person waits for. */
const atOnce = 32;
/** A file that is being written at this moment is no leftover; clocks of file systems are coarse. */
const graceMs = 5000;

/**
 * What is in a folder. Nothing of it is read before it is needed: who opens the program reads files by their names, and
 * the first answer that is kept, not the start, has the folder looked through.
 */
export function createInventory(folder: string): Inventory {
  const items = new Map<string, Item>();
  const openedAt = Date.now();
  let total = 0;
  let known: Promise<void> | null = null;

  const forget = (name: string) => {
    total -= items.get(name)?.size ?? 0;
    items.delete(name);
  };
  const note = (name: string, item: Item) => {
    forget(name);
    items.set(name, item);
    total += item.size;
  };

  async function lookAt(name: string): Promise<void> {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (!found) return;
    if (!name.endsWith(unfinishedEnding)) {
      if (!items.has(name)) note(name, { size: found.size, rank: found.mtimeMs, turn: 0 });
    } else if (found.mtimeMs < openedAt - graceMs) {
      await rm(path, { force: true });
    }
  }

  async function survey(): Promise<void> {
    const some: string[] = [];
    const lookAtThem = () => Promise.all(some.splice(0).map(lookAt));
    for await (const { name } of await opendir(folder)) {
      if (name === markerName) continue;
      some.push(name);
      if (some.length === atOnce) await lookAtThem();
    }
    await lookAtThem();
  }

  return {
    items,
    total: () => total,
    note,
    forget,
    complete: () =>
      (known ??= survey().catch((error: unknown) => {
        // Looked through again the next time.
        known = null;
        throw error;
      })),
  };
}
