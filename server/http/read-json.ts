import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.ts';

/** The largest JSON body that any operation takes; files are streamed and have limits of their own. */
export const maxJsonBytes = 100_000;

/** How long a JSON body may take: one that comes drop by drop must not hold a connection for as long as a file may. */
export const jsonBodyMs = 30_000;

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const late = setTimeout(() => request.destroy(), jsonBodyMs);
  try {
    // What is too much stays unread and is not cut off: the connection must live to carry the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxJsonBytes) throw new ApiError('body_too_large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(late);
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** HTTP says by these two alone that a body follows; most requests have none, and reading nothing takes its time too. */
const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;

/**
 * The body of a request as JSON; undefined when there is none.
 * @throws body_too_large, unsupported_media_type, invalid_request
 */
export async function readJson(request: IncomingMessage, mediaType: string): Promise<unknown> {
  if (!hasBody(request)) return undefined;
  if (Number(request.headers['content-length'] ?? 0) > maxJsonBytes) throw new ApiError('body_too_large');
  const bytes = await readBytes(request);
  if (bytes.length === 0) return undefined;
  if (mediaType !== 'application/json') throw new ApiError('unsupported_media_type');
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    throw new ApiError('invalid_request', { fields: [{ path: '', rule: 'json' }] });
  }
}
