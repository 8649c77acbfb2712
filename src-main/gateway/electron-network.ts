import { pipeline } from 'node:stream/promises';
import { net, session } from 'electron';
import type { Session } from 'electron';
import type { PostStream } from '../files/billing-upload.ts';
import type { Fetch } from './portal-client.ts';

/**
 * Chromium's network stack, so that the system's proxies and certificates hold. Its session lives in memory and has no
 * cache: nothing of a slip gets into Chromium's own files.
 */
export function openNetworkSession(): Session {
  const network = session.fromPartition('portal', { cache: false });
  network.setUserAgent(network.getUserAgent().replace(/\s?Electron\/\S+/, ''));
  network.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  return network;
}

/** Electron fails on a redirect that nobody follows; as an answer it tells that this is no iiPortal server. */
function redirectOf(error: unknown): Response {
  if (error instanceof Error && /redirect/i.test(error.message)) return new Response(null, { status: 302 });
  throw error;
}

export const electronFetch =
  (network: Session): Fetch =>
  (url, init) =>
    network.fetch(url, init).catch(redirectOf);

const answerGraceMs = 1000;

/** `fetch` would gather the whole body in memory first; a chunked request sends it as it comes. */
export const electronPostStream =
  (network: Session): PostStream =>
  (url, { headers, body, signal }) =>
    new Promise<Response>((resolve, reject) => {
      const request = net.request({
        method: 'POST',
        url,
        session: network,
        headers: { ...headers },
        redirect: 'error',
        credentials: 'omit',
        cache: 'no-store',
      });
      request.chunkedEncoding = true;
      const abort = () => request.abort();
      signal.addEventListener('abort', abort, { once: true });
      request.on('response', (incoming) => {
        const chunks: Buffer[] = [];
        const answerHeaders = new Headers();
        for (const [name, value] of Object.entries(incoming.headers))
          answerHeaders.set(name, [value].flat().join(', '));
        incoming.on('data', (chunk) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          signal.removeEventListener('abort', abort);
          resolve(new Response(Buffer.concat(chunks), { status: incoming.statusCode, headers: answerHeaders }));
        });
      });
      // The server may answer, and close, before it has the whole file: then the answer counts, if it is on its way.
      const fail = (error: unknown) => setTimeout(() => reject(error as Error), answerGraceMs);
      request.on('error', fail);
      request.on('abort', () => reject(new Error('aborted')));
      // The last event of all: nothing waits for what will not come.
      request.on('close', () => fail(new Error('the request was closed')));
      pipeline(body, request as unknown as NodeJS.WritableStream).catch(fail);
    }).catch(redirectOf);
