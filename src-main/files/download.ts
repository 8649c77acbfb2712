import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import type { SessionPort } from '../gateway/gateway.ts';
import type { PortalClient, PortalRequest } from '../gateway/portal-client.ts';
import { endsSession, ProblemError } from '../gateway/problems.ts';

export interface DownloadDeps {
  readonly client: PortalClient;
  readonly session: SessionPort;
  readonly portal: () => string | null;
}

/**
 * Asks in the name of who is signed in for an answer that is too large to be held in memory; answers its body.
 * Fails with ProblemError, Unreachable or NotAPortal.
 */
export type Download = (request: DownloadRequest) => Promise<Readable>;

export interface DownloadRequest extends Omit<PortalRequest, 'token' | 'firstByteMs'> {
  /** Is shown what the portal says before the first byte. */
  readonly onHead?: (headers: Headers) => void;
}

/** A thousand letters, or all of a person's slips, take the server a while before the first byte. */
const firstByteMs = 5 * 60_000;

export function createDownload({ client, session, portal }: DownloadDeps): Download {
  return async ({ onHead, ...request }) => {
    const origin = portal();
    const active = await session.active();
    if (!origin || !active) throw new ProblemError('not_signed_in');
    const answer = await client.open(origin, { ...request, token: active.token, firstByteMs });
    if (answer instanceof Response) {
      onHead?.(answer.headers);
      return Readable.fromWeb(answer.body as NodeStream);
    }
    if (endsSession(answer.problem)) await session.ended(active.token, answer.problem);
    throw new ProblemError(answer.problem ?? 'not_a_portal');
  };
}

/** The body piece by piece; one that breaks off, or stands still, is `offline`, unlike a disk that is full. */
export async function* piecesOf(body: Readable, stallMs: number): AsyncGenerator<Uint8Array> {
  const stall = setTimeout(() => body.destroy(new Error('the download stalled')), stallMs);
  const pieces = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>;
  try {
    for (;;) {
      const step = await pieces.next().catch((cause: unknown) => {
        throw new ProblemError('offline', { cause });
      });
      if (step.done) return;
      stall.refresh();
      yield step.value;
    }
  } finally {
    clearTimeout(stall);
    body.destroy();
  }
}
