import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { createInventory } from './inventory.ts';
import type { Item } from './inventory.ts';

/** The ending of the files that go first when there is no room. */
export const documentEnding = '.document';

export interface Shelf {
  /** A file has been written. What was shown last never makes room for others. */
  put(name: string, item: { size: number; rank: Date; isShown: boolean }): void;
  drop(name: string): Promise<void>;
  show(name: string, now: Date): Promise<void>;
  /** Lets go what is too much: documents before all else, those of the lowest rank first. */
  makeRoom(): Promise<void>;
  /** Whether a document of this rank and size would stay. */
  wouldKeep(rank: Date, bytes: number): Promise<boolean>;
  /** Throws away what was there before `turn` and has none of these names. */
  keepOnly(names: ReadonlySet<string>, turn: number): Promise<void>;
  /** Grows with every file: what comes later than a turn is newer than it. */
  turn(): number;
  usage(): Promise<{ bytes: number; documents: number }>;
}

const isDocument = (name: string) => name.endsWith(documentEnding);

/** Documents, then the rest, each from the lowest rank on. */
const worstFirst = (items: ReadonlyMap<string, Item>) =>
  [...items].sort(([a, one], [b, other]) => Number(isDocument(b)) - Number(isDocument(a)) || one.rank - other.rank);

/** The files of a folder that must not grow beyond its bound. */
export function createShelf(folder: string, largestBytes: number): Shelf {
  const inventory = createInventory(folder);
  const { items } = inventory;
  const pathOf = (name: string) => join(folder, name);
  let turns = 0;
  let lastShown: string | null = null;

  async function drop(name: string): Promise<void> {
    inventory.forget(name);
    await rm(pathOf(name), { force: true });
  }

  return {
    drop,
    turn: () => ++turns,

    put(name, { size, rank, isShown }) {
      inventory.note(name, { size, rank: rank.getTime(), turn: ++turns });
      if (isShown) lastShown = name;
    },

    async show(name, now) {
      lastShown = name;
      const item = items.get(name);
      if (item) inventory.note(name, { ...item, rank: now.getTime() });
      await utimes(pathOf(name), now, now);
    },

    async makeRoom() {
      await inventory.complete();
      if (inventory.total() <= largestBytes) return;
      for (const [name] of worstFirst(items)) {
        if (inventory.total() <= largestBytes) return;
        if (name !== lastShown) await drop(name);
      }
    },

    async wouldKeep(rank, bytes) {
      await inventory.complete();
      if (inventory.total() + bytes <= largestBytes) return true;
      return [...items].some(([name, item]) => isDocument(name) && item.rank < rank.getTime());
    },

    async keepOnly(names, turn) {
      await inventory.complete();
      for (const [name, item] of [...items]) {
        if (item.turn < turn && !names.has(name)) await drop(name);
      }
    },

    async usage() {
      await inventory.complete();
      return { bytes: inventory.total(), documents: [...items.keys()].filter(isDocument).length };
    },
  };
}
