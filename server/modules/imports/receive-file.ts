import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ApiError } from '../../http/api-error.ts';
import { type Encoding, EncodingDetector } from './billing-file/encoding.ts';
import type { Rule } from './billing-file/faults.ts';

export interface ReceivedFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly encoding: Encoding;
  /** Set when the bytes are no text that could be read at all. */
  readonly fault: Rule | null;
}

/** Where files lie while they are checked, named after their import. */
export const importsFolder = (dataDir: string): string => join(dataDir, 'imports');
export const importFile = (dataDir: string, importId: string): string =>
  join(importsFolder(dataDir), `${importId}.csv`);

/** A row may have 64 k characters, of at most four bytes each. */
const longestLine = 256 * 1024;

/** How long the line is that goes on at the end of `chunk`, which one of `before` bytes goes on into. */
function lineLength(before: number, chunk: Buffer): number {
  const end = Math.max(chunk.lastIndexOf('\n'), chunk.lastIndexOf('\r'));
  return end === -1 ? before + chunk.length : chunk.length - end - 1;
}

/** The client went away in the middle; everything else is our trouble (a full disk). */
const isCutOff = (error: unknown): boolean =>
  ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'ABORT_ERR'].includes((error as NodeJS.ErrnoException).code ?? '');

/**
 * Streams a body to a file, and learns on the way what it is. Nothing stays when it fails. Of a body with a line that
 * no row can be, the rest is not taken: the check says which row it is, and what is wrong with those before.
 * @throws body_too_large, invalid_request when the body ends before its end
 */
export async function receiveFile(body: Readable, path: string, maxBytes: number): Promise<ReceivedFile> {
  const detector = new EncodingDetector();
  const digest = createHash('sha256');
  let size = 0;
  let line = 0;
  async function* inspected(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      if (line > longestLine) return;
      line = lineLength(line, chunk);
      size += chunk.length;
      if (size > maxBytes) throw new ApiError('body_too_large');
      digest.update(chunk);
      detector.push(chunk);
      yield chunk;
    }
  }
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  try {
    // A body that is not wanted is left unread, not cut off: the connection must live to carry the answer.
    const chunks = body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    await pipeline(chunks, inspected, createWriteStream(path, { mode: 0o600 }));
    // What was not taken flows by unread, until the client has the answer.
    body.resume();
  } catch (error) {
    await rm(path, { force: true });
    if (isCutOff(error)) throw new ApiError('invalid_request', { fields: [{ path: '', rule: 'incomplete' }] });
    throw error;
  }
  return { path, size, sha256: digest.digest('hex'), ...detector.finish(line > longestLine) };
}
