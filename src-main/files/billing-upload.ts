import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { UploadProgress } from '../../contract/desktop/api.ts';
import { pathOf } from '../../contract/endpoint.ts';
import { createImport } from '../../contract/imports.ts';
import type { Import } from '../../contract/imports.ts';
import type { SessionPort } from '../gateway/gateway.ts';
import { asProblem, judgeHead, readAnswer, Unreachable } from '../gateway/portal-client.ts';
import { endsSession, ProblemError } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';

export interface StreamRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
  /** In bytes, as far as is known beforehand. */
  readonly length: number;
  readonly signal: AbortSignal;
}

/** Posts a stream without holding it in memory, which `fetch` cannot do in Electron. */
export type PostStream = (url: string, request: StreamRequest) => Promise<Response>;

export interface BillingUploadDeps {
  readonly postStream: PostStream;
  readonly session: SessionPort;
  readonly portal: () => string | null;
  readonly onProgress: (progress: UploadProgress) => void;
  readonly log: Logger;
}

export interface BillingUpload {
  /** Streams the file from disk to the server; answers the import that has begun. */
  readonly send: (file: { path: string; managerId: string }) => Promise<Import>;
  readonly cancel: () => void;
}

const progressMs = 200;

/** One upload at a time: a file of 100,000 slips keeps the line busy anyway. */
export function createBillingUpload(deps: BillingUploadDeps): BillingUpload {
  let running: AbortController | null = null;

  async function post(path: string, managerId: string, signal: AbortSignal): Promise<Import> {
    const origin = deps.portal();
    const active = await deps.session.active();
    if (!origin || !active) throw new ProblemError('not_signed_in');
    const total = await sizeOf(path);
    const query = new URLSearchParams({ managerId, fileName: basename(path).slice(0, 200) });
    signal.throwIfAborted();
    const response = await deps
      .postStream(`${origin}${pathOf(createImport)}?${query.toString()}`, {
        headers: {
          Accept: 'application/json, application/problem+json',
          Authorization: `Bearer ${active.token}`,
          'Content-Type': 'text/csv',
        },
        body: Readable.from(chunksOf(path, total, deps.onProgress)),
        length: total,
        signal,
      })
      .catch((cause: unknown) => {
        throw cause instanceof ProblemError ? cause : new Unreachable('the upload broke off', { cause });
      });
    judgeHead({ operation: createImport }, response);
    const { problem, body } = await readAnswer(response);
    if (endsSession(problem)) await deps.session.ended(active.token, problem);
    if (problem) throw new ProblemError(problem);
    return createImport.response.parse(JSON.parse(new TextDecoder().decode(body)));
  }

  return {
    async send({ path, managerId }) {
      if (running) throw new ProblemError('import_running');
      const canceller = (running = new AbortController());
      try {
        return await post(path, managerId, canceller.signal).catch(asProblem);
      } catch (cause) {
        if (canceller.signal.aborted) throw new ProblemError('cancelled', { cause });
        throw cause;
      } finally {
        running = null;
      }
    },
    cancel: () => running?.abort(),
  };
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isFile()) return found.size;
  } catch (cause) {
    throw new ProblemError('file_failed', { cause });
  }
  throw new ProblemError('file_failed');
}

/**
 * The file piece by piece; tells how many bytes have gone through, five times a second and at the end.
 * Fails with `file_failed` when it cannot be read to its end; what fails behind it is thrown in at `yield`.
 */
async function* chunksOf(path: string, total: number, tell: (progress: UploadProgress) => void) {
  const file = createReadStream(path);
  const chunks = file[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  let sent = 0;
  let lastTold = 0;
  try {
    for (;;) {
      const step = await chunks.next().catch((cause: unknown) => {
        throw new ProblemError('file_failed', { cause });
      });
      if (step.done) break;
      yield step.value;
      sent += step.value.length;
      if (Date.now() - lastTold < progressMs) continue;
      lastTold = Date.now();
      tell({ sent, total });
    }
    tell({ sent, total });
  } finally {
    file.destroy();
  }
}
