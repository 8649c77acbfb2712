import type { z } from 'zod';
import type { PrintProgress, Saved } from '../../contract/desktop/api.ts';
import type { savePrintRunSchema } from '../../contract/desktop/schemas.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { createPrintRun, getPrintRun, printRunHeader } from '../../contract/print-runs.ts';
import { idSchema } from '../../contract/schemas/text.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { asProblem, Unreachable } from '../gateway/portal-client.ts';
import { ProblemError } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';
import { writeAtomically } from './atomic-write.ts';
import { notSaved, savedAs } from './documents.ts';
import type { AskWhere } from './documents.ts';
import { piecesOf } from './download.ts';
import type { Download } from './download.ts';

export interface PrintDownloadDeps {
  readonly askWhere: AskWhere;
  readonly download: Download;
  readonly gateway: Gateway;
  readonly onProgress: (progress: PrintProgress) => void;
  readonly log: Logger;
  /** When nothing comes for this long the line is broken. */
  readonly stallMs?: number;
  /** How often the portal is asked how far it is. */
  readonly askMs?: number;
}

export type PrintCommand = z.output<typeof savePrintRunSchema>;

export interface PrintDownload {
  /** Writes the slips of a print run where the user says, without holding them in memory. */
  readonly save: (print: PrintCommand) => Promise<Saved>;
  /** Closes the connection, by which the portal stops; the file is thrown away. */
  readonly cancel: () => void;
}

/** After these the portal may have done its work all the same. */
const open: readonly (ErrorCode | undefined)[] = ['offline', 'internal', 'unavailable'];

/**
 * Slip passwords are issued before the first page, and exist nowhere else than in the file: unless the portal refused,
 * or was never reached, they may be lost.
 */
function mayBeIssued(cause: unknown): boolean {
  if (!(cause instanceof ProblemError)) return true;
  if (cause.cause instanceof Unreachable) return cause.cause.mayHaveArrived;
  return open.includes(cause.problem.code);
}

/** Asks how far the print run is until it is told to stop. What cannot be learnt is not shown. */
function follow({ gateway, onProgress, log, askMs = 1_000 }: PrintDownloadDeps, id: string): () => void {
  let isAsking = false;
  const ask = async (): Promise<void> => {
    const { answer } = await gateway.ask({ operation: getPrintRun, params: { id } });
    if (answer.problem) return;
    const { slips, slipsDone } = getPrintRun.response.parse(JSON.parse(new TextDecoder().decode(answer.body)));
    onProgress({ slips, slipsDone });
  };
  const timer = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    ask()
      .catch((cause: unknown) => log.warn('print_progress_unknown', { cause }))
      .finally(() => (isAsking = false));
  }, askMs);
  return () => clearInterval(timer);
}

/** One print run at a time: the portal's processors are busy with it anyway. */
export function createPrintDownload(deps: PrintDownloadDeps): PrintDownload {
  const { askWhere, download, log, stallMs = 60_000 } = deps;
  let running: AbortController | null = null;

  async function write(path: string, { order, managerId }: PrintCommand, signal: AbortSignal): Promise<void> {
    let unfollow = (): void => undefined;
    let isSent = false;
    try {
      // The file is there before anything is issued: a folder that cannot be written to costs no passwords.
      await writeAtomically(path, async (file) => {
        signal.throwIfAborted();
        isSent = true;
        const pages = await download({
          operation: createPrintRun,
          query: new URLSearchParams({ managerId }),
          body: JSON.stringify(order),
          accept: `application/${order.form}`,
          signal,
          onHead: (headers) => {
            const id = idSchema.safeParse(headers.get(printRunHeader));
            if (id.success) unfollow = follow(deps, id.data);
          },
        }).catch(asProblem);
        await file.writeFile(piecesOf(pages, stallMs));
      });
    } catch (cause) {
      log.error('print_not_saved', { isSent, cause });
      if (isSent && order.slipPasswords && mayBeIssued(cause)) throw new ProblemError('print_lost', { cause });
      if (signal.aborted) throw new ProblemError('cancelled', { cause });
      throw cause instanceof ProblemError ? cause : new ProblemError('file_failed', { cause });
    } finally {
      unfollow();
    }
  }

  return {
    async save(print) {
      if (running) throw new ProblemError('print_running');
      const canceller = (running = new AbortController());
      try {
        const path = await askWhere({ fileName: print.fileName, kind: print.order.form });
        if (!path) return notSaved;
        await write(path, print, canceller.signal);
        return savedAs(path);
      } finally {
        running = null;
      }
    },
    cancel: () => running?.abort(),
  };
}
