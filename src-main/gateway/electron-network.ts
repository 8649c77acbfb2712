import { net, session } from 'electron';
import type { Session } from 'electron';
import type { PostStream } from '../files/billing-upload.ts';
import type { Fetch } from './portal-client.ts';
import { streamPost } from './stream-post.ts';

/**
 * Chromium's network stack, so that the system's proxies and certificates hold. Its session lives in memory and has no
 * cache: nothing of a slip gets into Chromium's own files.
 */
export function openNetworkSession(): Session {
  const network = session.fromPartition('portal', { cache: false });
  network.setUserAgent(network.getUserAgent().replace(/\s?Electron\/\S+/, ''));
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

/** `fetch` would gather the whole body in memory first; a chunked request sends it as it comes. */
export const electronPostStream =
  (network: Session): PostStream =>
  (url, { headers, length, ...rest }) => {
    const request = net.request({
      method: 'POST',
      url,
      session: network,
      headers: { ...headers },
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
    });
    // Electron fails on a chunked request without a chunk.
    request.chunkedEncoding = length > 0;
    return streamPost(request, rest);
  };
