import { pipeline } from 'node:stream/promises';
import type { ClientRequest, IncomingMessage } from 'electron';
import type { StreamRequest } from '../files/billing-upload.ts';

/** The part of Electron's request that is used. It is a stream to write to, and its answer comes as an event. */
export type PostRequest = Pick<ClientRequest, 'on' | 'abort'>;

/** When nothing moves for this long the line is broken. What we have written may be megabytes ahead of it. */
const stallMs = 120_000;

/** An answer that was on its way when the connection broke is here by then. */
const graceMs = 1000;

/**
 * Sends the body as it comes and answers what the server says. The server may answer, and close, before it has the
 * whole body: then its answer counts, not the broken connection. The request's `close` tells nothing: it comes as soon
 * as the body is written.
 */
export async function streamPost(
  request: PostRequest,
  { body, signal }: Pick<StreamRequest, 'body' | 'signal'>,
): Promise<Response> {
  const timers: NodeJS.Timeout[] = [];
  const answer = new Promise<Response>((resolve, reject) => {
    const failIn = (ms: number, error: unknown) => {
      const timer = setTimeout(() => reject(error as Error), ms);
      timers.push(timer);
      return timer;
    };
    const stall = failIn(stallMs, new Error('the upload stalled'));
    const fail = (error: unknown) => failIn(graceMs, error);
    request.on('response', (incoming) => void readResponse(incoming).then(resolve, reject));
    request.on('redirect', (status) => resolve(new Response(null, { status })));
    request.on('error', fail);
    request.on('abort', () => reject(new Error('the upload was called off')));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    // Electron's ClientRequest is a Writable, which its types leave out.
    pipeline(body, watched(stall), request as unknown as NodeJS.WritableStream).catch(fail);
  });
  try {
    return await answer;
  } catch (error) {
    // The server must not wait for the rest.
    request.abort();
    throw error;
  } finally {
    timers.forEach(clearTimeout);
    body.destroy();
  }
}

/** Passes everything on and winds the timer up with each piece that is taken, the end included. */
const watched = (stall: NodeJS.Timeout) =>
  async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      yield chunk;
      stall.refresh();
    }
  };

function readResponse(incoming: IncomingMessage): Promise<Response> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, [value].flat().join(', '));
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('error', reject);
    incoming.on('end', () => resolve(new Response(Buffer.concat(chunks), { status: incoming.statusCode, headers })));
  });
}
