import type { Saved } from '../../contract/desktop/api.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { idSchema } from '../../contract/schemas/text.ts';
import { asProblem } from '../gateway/portal-client.ts';
import { ProblemError } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';
import { writeAtomically } from './atomic-write.ts';
import { notSaved, savedAs } from './documents.ts';
import type { AskWhere } from './documents.ts';
import { piecesOf } from './download.ts';
import type { Download, DownloadRequest } from './download.ts';
import { askAgain, mayBeIssued } from './shown-once.ts';

export interface FollowedDownloadDeps {
  readonly askWhere: AskWhere;
  readonly download: Download;
  readonly log: Logger;
  /** When nothing comes for this long the line is broken. */
  readonly stallMs?: number;
  /** How often the portal is asked how far it is. */
  readonly askMs?: number;
}

/** A file that the portal makes while it sends it, and how far it is meanwhile. */
export interface FollowedFile {
  /** For the log: `print`, `slip_passwords`. */
  readonly name: string;
  readonly fileName: string;
  readonly kind: Parameters<AskWhere>[0]['kind'];
  readonly request: Pick<DownloadRequest, 'operation' | 'query' | 'body' | 'accept'>;
  /** The header of the answer with the id of what is made. */
  readonly idHeader: string;
  /** Asks the portal once how far it is, and tells it. */
  readonly ask: (id: string) => Promise<void>;
  /** What is said when slip passwords may have been issued that nobody will see; null when there are none in it. */
  readonly lost: ErrorCode | null;
}

export interface FollowedDownload<Wanted> {
  /** Writes the file where the user says, without holding it in memory. */
  readonly save: (wanted: Wanted) => Promise<Saved>;
  /** Closes the connection, by which the portal stops; the file is thrown away. */
  readonly cancel: () => void;
}

/** One file at a time: the portal makes one for a person, and a second one may void what is in the first. */
export function createFollowedDownload<Wanted>(
  { askWhere, download, log, stallMs = 60_000, askMs = 1_000 }: FollowedDownloadDeps,
  fileOf: (wanted: Wanted) => FollowedFile,
): FollowedDownload<Wanted> {
  let running: AbortController | null = null;

  const follow = ({ name, ask }: FollowedFile, id: string): (() => void) =>
    askAgain(() => ask(id), askMs, (cause) => log.warn(`${name}_progress_unknown`, { cause })); // prettier-ignore

  async function write(path: string, file: FollowedFile, signal: AbortSignal): Promise<void> {
    let unfollow = (): void => undefined;
    let isSent = false;
    try {
      // The file is there before anything is issued: a folder that cannot be written to costs no passwords.
      await writeAtomically(path, async (written) => {
        signal.throwIfAborted();
        isSent = true;
        const body = await download({
          ...file.request,
          signal,
          onHead: (headers) => {
            const id = idSchema.safeParse(headers.get(file.idHeader));
            if (id.success) unfollow = follow(file, id.data);
          },
        }).catch(asProblem);
        await written.writeFile(piecesOf(body, stallMs));
      });
    } catch (cause) {
      log.error(`${file.name}_not_saved`, { isSent, cause });
      if (isSent && file.lost && mayBeIssued(cause)) throw new ProblemError(file.lost, { cause });
      if (signal.aborted) throw new ProblemError('cancelled', { cause });
      throw cause instanceof ProblemError ? cause : new ProblemError('file_failed', { cause });
    } finally {
      unfollow();
    }
  }

  return {
    async save(wanted) {
      if (running) throw new ProblemError('print_running');
      const canceller = (running = new AbortController());
      const file = fileOf(wanted);
      try {
        const path = await askWhere({ fileName: file.fileName, kind: file.kind });
        if (!path) return notSaved;
        await write(path, file, canceller.signal);
        return savedAs(path);
      } finally {
        running = null;
      }
    },
    cancel: () => running?.abort(),
  };
}
