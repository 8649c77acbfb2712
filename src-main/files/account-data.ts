import { downloadAccountData } from '../../contract/account.ts';
import type { Saved } from '../../contract/desktop/api.ts';
import { asProblem } from '../gateway/portal-client.ts';
import { ProblemError } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';
import { writeAtomically } from './atomic-write.ts';
import { notSaved, savedAs } from './documents.ts';
import type { AskWhere } from './documents.ts';
import { piecesOf } from './download.ts';
import type { Download } from './download.ts';

export interface AccountDataDeps {
  readonly askWhere: AskWhere;
  readonly download: Download;
  readonly log: Logger;
  /** When nothing comes for this long the line is broken. */
  readonly stallMs?: number;
}

/** Writes all that the portal keeps of the person where the user says, as one ZIP, without holding it in memory. */
export function createAccountData({ askWhere, download, log, stallMs = 60_000 }: AccountDataDeps) {
  return async function saveAccountData({ fileName }: { fileName: string }): Promise<Saved> {
    const path = await askWhere({ fileName, kind: 'zip' });
    if (!path) return notSaved;
    try {
      // The file is there first: the server does not gather everything for a folder that cannot be written to.
      await writeAtomically(path, async (file) => {
        const data = await download({ operation: downloadAccountData }).catch(asProblem);
        await file.writeFile(piecesOf(data, stallMs));
      });
      return savedAs(path);
    } catch (cause) {
      log.error('account_data_not_saved', { cause });
      throw cause instanceof ProblemError ? cause : new ProblemError('file_failed', { cause });
    }
  };
}

export type SaveAccountData = ReturnType<typeof createAccountData>;
