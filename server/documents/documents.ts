import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import { ApiError } from '../http/api-error.ts';
import type { Logger } from '../logger.ts';
import type { Letter, LettersHead } from '../pdf/letters-pdf.ts';
import type { SlipDocument } from '../pdf/slip-document.ts';
import type { RenderedSlip } from '../pdf/slip-pdf.ts';
import { Turns, type Urgency } from './turns.ts';
import type { DocumentResult, DocumentTask } from './worker.ts';

/** Renders slips and letters, in worker threads. */
export interface Documents {
  /** A slip as a PDF of its own; for somebody at the screen, unless it says `later`. */
  readonly slipPdf: (document: SlipDocument, urgency?: Urgency) => Promise<Buffer>;
  /** The pages of some slips, to be merged (pdf/merged-pdf.ts). Fifty or so at a time keep a thread busy. */
  readonly slipPages: (documents: readonly SlipDocument[]) => Promise<readonly RenderedSlip[]>;
  /** The pages of some letters, likewise. */
  readonly letterPages: (letters: readonly Letter[], head: LettersHead) => Promise<RenderedSlip>;
  readonly close: () => Promise<void>;
}

export interface DocumentLimits {
  readonly workers: number;
  /** For one document; a batch gets a little more for each. A real one takes milliseconds, a new thread half a second. */
  readonly milliseconds: number;
  /** Of each thread's heap. */
  readonly megabytes: number;
  /** Work that nobody would wait for the end of. */
  readonly waiting: number;
}

/** One core is left to the event loop; two threads are kept busy side by side even where there are only two. */
const usual: DocumentLimits = {
  workers: Math.min(4, Math.max(2, availableParallelism() - 1)),
  milliseconds: 10_000,
  megabytes: 256,
  waiting: 200,
};

const millisecondsOfNext = 250;

const isOverLimit = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'AbortError' || ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'));

/**
 * Fails with ApiError `document_failed` when a document is larger or takes longer than one may (its thread is ended,
 * the others and the next work on), with `unavailable` when too much is waiting.
 */
export function createDocuments(logger: Logger, limits: DocumentLimits = usual): Documents {
  const pool = new Tinypool({
    filename: new URL('./worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: limits.workers,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: limits.megabytes, maxYoungGenerationSizeMb: 8 },
  });
  // A thread that fails while it has no task would otherwise end the process.
  pool.on('error', (error) => logger.error({ err: error }, 'a thread for documents failed'));
  // The pool never gets more than it has threads: its time is a task's own, not that of those before it.
  const turns = new Turns(limits.workers);

  async function run(
    urgency: Urgency,
    /** Their ids, for the log: a letter has none. */
    pieces: readonly (string | undefined)[],
    task: DocumentTask,
  ): Promise<DocumentResult> {
    if (turns.waiting >= limits.waiting) throw new ApiError('unavailable');
    const milliseconds = limits.milliseconds + (pieces.length - 1) * millisecondsOfNext;
    const result = await turns
      .take(
        urgency,
        async () => (await pool.run(task, { signal: AbortSignal.timeout(milliseconds) })) as DocumentResult,
      )
      .catch((error: unknown): DocumentResult => {
        if (isOverLimit(error)) return { kind: 'limit', reason: String(error) };
        throw error;
      });
    if (result.kind !== 'limit') return result;
    logger.warn({ slips: pieces, reason: result.reason }, 'a document was larger than we make one');
    throw new ApiError('document_failed');
  }

  return {
    slipPdf: async (document, urgency = 'first') => {
      const result = await run(urgency, [document.slip.id], { kind: 'pdf', document });
      if (result.kind !== 'pdf') throw new TypeError(result.kind);
      return Buffer.from(result.pdf.buffer, result.pdf.byteOffset, result.pdf.byteLength);
    },
    slipPages: async (documents) => {
      const ids = documents.map(({ slip }) => slip.id);
      const result = await run('later', ids, { kind: 'pages', documents });
      if (result.kind !== 'pages') throw new TypeError(result.kind);
      return result.slips;
    },
    letterPages: async (letters, head) => {
      const result = await run('later', letters.map(() => undefined), { kind: 'letters', letters, head }); // prettier-ignore
      if (result.kind !== 'pages') throw new TypeError(result.kind);
      return result.slips[0]!;
    },
    close: () => pool.destroy(),
  };
}
