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
export type Download = (request: Omit<PortalRequest, 'token' | 'firstByteMs'>) => Promise<Readable>;

/** A thousand letters, or all of a person's slips, take the server a while before the first byte. */
const firstByteMs = 5 * 60_000;

export function createDownload({ client, session, portal }: DownloadDeps): Download {
  return async (request) => {
    const origin = portal();
    const active = await session.active();
    if (!origin || !active) throw new ProblemError('not_signed_in');
    const answer = await client.open(origin, { ...request, token: active.token, firstByteMs });
    if (answer instanceof Response) return Readable.fromWeb(answer.body as NodeStream);
    if (endsSession(answer.problem)) await session.ended(active.token, answer.problem);
    throw new ProblemError(answer.problem ?? 'not_a_portal');
  };
}
