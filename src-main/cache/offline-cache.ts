import { mkdir, readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { unfinishedEnding, writeAtomically } from '../files/atomic-write.ts';
import type { Logger } from '../log.ts';
import { createRecordCrypto } from './record-crypto.ts';

const headSchema = z.object({ mediaType: z.string(), disposition: z.string().nullable(), savedAt: z.string() });

/** An answer of the portal as it is kept. */
export type CacheRecord = z.infer<typeof headSchema> & { readonly body: Uint8Array<ArrayBuffer> };

export interface OfflineCacheOptions {
  readonly folder: string;
  readonly key: Buffer;
  /** Portal and account: what one of them kept does not open for another. */
  readonly owner: string;
  readonly log: Logger;
  readonly largestBytes?: number;
}

export interface OfflineCache {
  /** Null when there is none. A damaged record is dropped: it will be fetched again. */
  read(record: string): Promise<CacheRecord | null>;
  write(record: string, content: CacheRecord): Promise<void>;
  remove(record: string): Promise<void>;
  /** Forgets the key; nothing is read or written any more. The caller then erases key and files. */
  close(): Promise<void>;
}

/** Where the records are, below the user's folder. Not "cache": Chromium has a folder of that name. */
export const offlineFolder = (userData: string) => join(userData, 'offline');

const defaultLargestBytes = 500 * 1024 * 1024;

/** Opens what is kept on this computer for one account; makes the folder when there is none. */
export async function openOfflineCache(options: OfflineCacheOptions): Promise<OfflineCache> {
  const { folder, log } = options;
  const crypto = createRecordCrypto(options.key, options.owner);
  const sizes = await survey(folder);
  const pathOf = (name: string) => join(folder, name);
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();

  /** One write after the other: sizes stay right, and close() knows what to wait for. */
  const inTurn = (work: () => Promise<void>) => {
    const turn = last.then(() => (closed ? undefined : work()));
    last = turn.catch(() => undefined);
    return turn;
  };

  const drop = async (name: string) => {
    sizes.delete(name);
    await rm(pathOf(name), { force: true });
  };

  const makeRoom = async () => {
    let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    // A Map keeps the order of insertion: the first is the one written longest ago.
    for (const [name, size] of sizes) {
      if (total <= (options.largestBytes ?? defaultLargestBytes)) return;
      await drop(name);
      total -= size;
    }
  };

  return {
    async read(record) {
      if (closed) return null;
      const name = crypto.fileName(record);
      const sealed = await readFile(pathOf(name)).catch(unlessMissing);
      if (!sealed) return null;
      try {
        return unpack(crypto.open(record, sealed));
      } catch (error) {
        log.warn('cache_record_damaged', { file: name.slice(0, 8), error });
        await inTurn(() => drop(name));
        return null;
      }
    },

    write: (record, content) =>
      inTurn(async () => {
        const name = crypto.fileName(record);
        const sealed = crypto.seal(record, pack(content));
        await writeAtomically(pathOf(name), (file) => file.writeFile(sealed));
        sizes.delete(name);
        sizes.set(name, sealed.length);
        await makeRoom();
      }),

    remove: (record) => inTurn(() => drop(crypto.fileName(record))),

    async close() {
      closed = true;
      await last;
      crypto.forget();
    },
  };
}

/** The sizes of the records by file name, oldest first. What a crash left half-written is swept away. */
async function survey(folder: string): Promise<Map<string, number>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found: { name: string; size: number; age: number }[] = [];
  for (const name of await readdir(folder)) {
    if (name.endsWith(unfinishedEnding)) {
      await rm(join(folder, name), { force: true });
      continue;
    }
    const { size, mtimeMs } = await stat(join(folder, name));
    found.push({ name, size, age: mtimeMs });
  }
  found.sort((a, b) => a.age - b.age);
  return new Map(found.map(({ name, size }) => [name, size]));
}

function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** Length of the head (4 bytes), the head as JSON, the body. */
function pack({ body, ...head }: CacheRecord): Uint8Array {
  const headBytes = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(headBytes.length);
  return Buffer.concat([length, headBytes, body]);
}

function unpack(plain: Uint8Array): CacheRecord {
  const bytes = Buffer.from(plain);
  const bodyStart = 4 + bytes.readUInt32BE(0);
  const head = headSchema.parse(JSON.parse(bytes.toString('utf8', 4, bodyStart)));
  return { ...head, body: new Uint8Array(bytes.subarray(bodyStart)) };
}
