import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../files/atomic-write.ts';
import type { Logger } from '../log.ts';
import { prepareFolder } from './cache-folder.ts';
import { readAtOnce } from './read-at-once.ts';
import { createRecordCrypto } from './record-crypto.ts';
import { createShelf, documentEnding } from './shelf.ts';

const headSchema = z.object({ mediaType: z.string(), disposition: z.string().nullable(), savedAt: z.string() });

/** An answer of the portal as it is kept. */
export type CacheRecord = z.infer<typeof headSchema> & { readonly body: Uint8Array<ArrayBuffer> };

/** What an answer is kept under. Documents make room for others, answers only when there are no more documents. */
export interface RecordId {
  readonly kind: 'answer' | 'document';
  readonly name: string;
}

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
  read(record: RecordId): Promise<CacheRecord | null>;
  /** `rank` says what a thing nobody has asked for is worth: an old slip less than a new one. */
  write(record: RecordId, content: CacheRecord, rank?: Date): Promise<void>;
  /** Somebody looks at it: it is worth more than all that nobody looked at since. */
  show(record: RecordId): Promise<void>;
  remove(record: RecordId): Promise<void>;
  /** Whether a document of this rank and of about this size would stay. */
  wouldKeep(rank: Date, bytes: number): Promise<boolean>;
  /** A moment to give to `keepOnly`. */
  turn(): number;
  /** Throws away what was kept before that moment and is none of these. */
  keepOnly(records: readonly RecordId[], turn: number): Promise<void>;
  usage(): Promise<{ bytes: number; documents: number }>;
  /** Forgets the key; nothing is read or written any more. The caller then erases key and files. */
  close(): Promise<void>;
}

const endings = { answer: '.answer', document: documentEnding };
const defaultLargestBytes = 500 * 1024 * 1024;

/**
 * Opens what is kept on this computer for one account; makes the folder when there is none.
 * Fails with NewerCache, or when the disk does not take it.
 */
export async function openOfflineCache(options: OfflineCacheOptions): Promise<OfflineCache> {
  const { folder, log } = options;
  const crypto = createRecordCrypto(options.key, options.owner);
  await prepareFolder(folder, crypto.keyId, log);
  const shelf = createShelf(folder, options.largestBytes ?? defaultLargestBytes);
  const nameOf = ({ kind, name }: RecordId) => crypto.fileName(name) + endings[kind];
  const pathOf = (file: string) => join(folder, file);
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();

  const isClosed = () => closed;

  /** One change after the other: sizes stay right, and close() knows what to wait for. */
  const inTurn = (work: () => Promise<void>) => {
    const turn = last.then(() => (closed ? undefined : work()));
    last = turn.catch(() => undefined);
    return turn;
  };

  /** Nobody waits for it, except the next change. */
  const makeRoom = () =>
    inTurn(() => shelf.makeRoom()).catch((error: unknown) => log.warn('cache_not_tidied', { error }));

  return {
    async read(record) {
      if (closed) return null;
      const file = nameOf(record);
      const sealed = await sealedIn(pathOf(file), log);
      // Closed meanwhile: the key is gone.
      if (!sealed || isClosed()) return null;
      try {
        return unpack(crypto.open(record.name, sealed));
      } catch (error) {
        log.warn('cache_record_damaged', { file: file.slice(0, 8), error });
        await inTurn(() => shelf.drop(file));
        return null;
      }
    },

    async write(record, content, rank) {
      await inTurn(async () => {
        const file = nameOf(record);
        const sealed = crypto.seal(record.name, pack(content));
        await writeSealed(pathOf(file), sealed, rank);
        const isShown = record.kind === 'document' && !rank;
        shelf.put(file, { size: sealed.length, rank: rank ?? new Date(), isShown });
      });
      void makeRoom();
    },

    show: (record) =>
      inTurn(() => shelf.show(nameOf(record), new Date()).catch(() => undefined /* It has gone meanwhile. */)),
    remove: (record) => inTurn(() => shelf.drop(nameOf(record))),
    wouldKeep: (rank, bytes) => shelf.wouldKeep(rank, bytes),
    turn: () => shelf.turn(),
    keepOnly: (records, turn) => inTurn(() => shelf.keepOnly(new Set(records.map(nameOf)), turn)),
    usage: () => shelf.usage(),

    async close() {
      closed = true;
      await last;
      crypto.forget();
    },
  };
}

async function sealedIn(path: string, log: Logger): Promise<Buffer | null> {
  try {
    return await readAtOnce(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.error('cache_not_read', { error });
    return null;
  }
}

/** It need not outlast a power cut: the portal has it. But what is there must be whole. */
async function writeSealed(path: string, sealed: Uint8Array, rank?: Date): Promise<void> {
  const write = async (file: FileHandle) => {
    await file.writeFile(sealed);
    if (rank) await file.utimes(rank, rank);
  };
  await writeAtomically(path, write, { mustLast: false });
}

/** Length of the head (4 bytes), the head as JSON, the body. */
function pack({ body, ...head }: CacheRecord): Uint8Array[] {
  const headBytes = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(headBytes.length);
  return [Buffer.concat([length, headBytes]), body];
}

function unpack(plain: Buffer): CacheRecord {
  const bodyStart = 4 + plain.readUInt32BE(0);
  const head = headSchema.parse(JSON.parse(plain.toString('utf8', 4, bodyStart)));
  // The bytes as they were deciphered, without copying them once more.
  return {
    ...head,
    body: new Uint8Array(plain.buffer as ArrayBuffer, plain.byteOffset + bodyStart, plain.length - bodyStart),
  };
}
