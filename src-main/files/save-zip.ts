import type { Saved } from '../../contract/desktop/api.ts';
import { asProblem } from '../gateway/portal-client.ts';
import { ProblemError } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';
import { writeAtomically } from './atomic-write.ts';
import { notSaved, savedAs } from './documents.ts';
import type { AskWhere } from './documents.ts';
import { piecesOf } from './download.ts';
import type { Download, DownloadRequest } from './download.ts';

export interface SaveZipDeps {
  readonly askWhere: AskWhere;
  readonly download: Download;
  readonly log: Logger;
  /** When nothing comes for this long the line is broken. */
  readonly stallMs?: number;
}

export interface ZipToSave {
  /** What answers with the ZIP. Its signal calls the saving off. */
  readonly request: DownloadRequest;
  readonly fileName: string;
  /** Another kind of file that the portal streams. */
  readonly kind?: 'zip' | 'csv';
  /** How many bytes have come. */
  readonly onProgress?: (bytes: number) => void;
}

/** Writes a ZIP of the portal's where the user says, without holding it in memory; half of one is thrown away. */
export type SaveZip = (zip: ZipToSave) => Promise<Saved>;

export function createSaveZip({ askWhere, download, log, stallMs = 60_000 }: SaveZipDeps): SaveZip {
  async function* told(pieces: AsyncIterable<Uint8Array>, tell: ZipToSave['onProgress']): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const piece of pieces) {
      yield piece;
      bytes += piece.length;
      tell?.(bytes);
    }
  }

  return async ({ request, fileName, kind = 'zip', onProgress }) => {
    const path = await askWhere({ fileName, kind });
    if (!path) return notSaved;
    try {
      // The file is there first: the server does not gather everything for a folder that cannot be written to.
      await writeAtomically(path, async (file) => {
        request.signal?.throwIfAborted();
        const zip = await download(request).catch(asProblem);
        await file.writeFile(told(piecesOf(zip, stallMs), onProgress));
      });
      return savedAs(path);
    } catch (cause) {
      if (request.signal?.aborted) throw new ProblemError('cancelled', { cause });
      log.error('zip_not_saved', { operation: request.operation.id, cause });
      throw cause instanceof ProblemError ? cause : new ProblemError('file_failed', { cause });
    }
  };
}
