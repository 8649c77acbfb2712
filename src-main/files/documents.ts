import { basename } from 'node:path';
import type { Saved } from '../../contract/desktop/api.ts';
import { issueSlipPasswords } from '../../contract/slip-passwords.ts';
import type { SlipPasswordOrder } from '../../contract/slip-passwords.ts';
import { pathOf } from '../../contract/endpoint.ts';
import { getSlipPdf } from '../../contract/slips.ts';
import { appOrigin } from '../gateway/app-protocol.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { asProblem, Unreachable } from '../gateway/portal-client.ts';
import { ProblemError } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';
import { writeAtomically } from './atomic-write.ts';
import type { Download } from './download.ts';
import type { OpenedCopies } from './opened-copies.ts';

/** Asks the user where to; null when they thought better of it. */
export type AskWhere = (suggestion: {
  fileName: string;
  kind: 'pdf' | 'csv' | 'txt' | 'zip';
}) => Promise<string | null>;

/** Shows the system's dialog for printing the PDF at an address of ours; false when the person thought better of it. */
export type PrintPdf = (address: string) => Promise<boolean>;

export interface DocumentsDeps {
  readonly askWhere: AskWhere;
  readonly gateway: Gateway;
  readonly download: Download;
  readonly copies: OpenedCopies;
  readonly printPdf: PrintPdf;
  /** The name suggested for the letters, in the user's language. */
  readonly lettersName: () => string;
  readonly log: Logger;
}

export const notSaved: Saved = { saved: false, fileName: null };
export const savedAs = (path: string): Saved => ({ saved: true, fileName: basename(path) });

function asLettersProblem(cause: unknown): never {
  if (cause instanceof Unreachable && cause.mayHaveArrived) throw new ProblemError('letters_lost', { cause });
  asProblem(cause);
}

/** A thousand letters take the server a while. */
const lettersMs = 5 * 60_000;

/** What is written where the user says: slips, lists, letters. */
export function createDocuments({ askWhere, gateway, download, copies, printPdf, lettersName, log }: DocumentsDeps) {
  async function write(path: string, content: Uint8Array | string): Promise<Saved> {
    try {
      await writeAtomically(path, (file) => file.writeFile(content));
      return savedAs(path);
    } catch (cause) {
      log.error('file_not_written', { cause });
      throw new ProblemError('file_failed', { cause });
    }
  }

  /** From the portal, or as it was kept. */
  async function readSlipPdf(id: string): Promise<Uint8Array> {
    const { answer } = await gateway.ask({ operation: getSlipPdf, params: { id } });
    if (answer.problem) throw new ProblemError(answer.problem);
    return answer.body;
  }

  async function saveSlipPdf({ id, fileName }: { id: string; fileName: string }): Promise<Saved> {
    const pdf = await readSlipPdf(id);
    const path = await askWhere({ fileName, kind: 'pdf' });
    return path ? await write(path, pdf) : notSaved;
  }

  async function openSlipPdf({ id, fileName }: { id: string; fileName: string }): Promise<null> {
    await copies.open(fileName, () => readSlipPdf(id));
    return null;
  }

  async function printSlipPdf({ id }: { id: string }): Promise<boolean> {
    // Asked for before: what the portal refuses must be said, not printed.
    await readSlipPdf(id);
    return await printPdf(`${appOrigin}${pathOf(getSlipPdf, { id })}`);
  }

  async function saveText({ fileName, text }: { fileName: string; text: string }): Promise<Saved> {
    const path = await askWhere({ fileName, kind: fileName.endsWith('.txt') ? 'txt' : 'csv' });
    // Without the mark Excel takes UTF-8 for the system's code page and breaks č, š, ž.
    return path ? await write(path, `\ufeff${text}`) : notSaved;
  }

  /**
   * Has passwords issued. They exist only in the body of this answer: where none comes although the portal may have
   * issued them, they are lost.
   */
  const issue = (order: SlipPasswordOrder, managerId: string) =>
    download({
      operation: issueSlipPasswords,
      query: new URLSearchParams({ managerId }),
      body: JSON.stringify(order),
      accept: 'application/pdf',
    }).catch(asLettersProblem);

  async function saveLetters({ order, managerId }: { order: SlipPasswordOrder; managerId: string }): Promise<Saved> {
    const path = await askWhere({ fileName: lettersName(), kind: 'pdf' });
    if (!path) return notSaved;
    let isIssued = false;
    try {
      // The file is there before anything is issued: a folder that cannot be written to costs no passwords.
      await writeAtomically(path, async (file) => {
        const letters = await issue(order, managerId);
        isIssued = true;
        await file.writeFile(letters, { signal: AbortSignal.timeout(lettersMs) });
      });
      return savedAs(path);
    } catch (cause) {
      log.error('letters_not_saved', { isIssued, cause });
      if (isIssued) throw new ProblemError('letters_lost', { cause });
      throw cause instanceof ProblemError ? cause : new ProblemError('file_failed', { cause });
    }
  }

  return { saveSlipPdf, openSlipPdf, printSlipPdf, saveText, saveLetters };
}

export type Documents = ReturnType<typeof createDocuments>;
