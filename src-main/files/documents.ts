import { basename } from 'node:path';
import type { Saved } from '../../contract/desktop/api.ts';
import { pathOf } from '../../contract/endpoint.ts';
import { getSlipPdf } from '../../contract/slips.ts';
import { appOrigin } from '../gateway/app-protocol.ts';
import { ProblemError } from '../gateway/problems.ts';
import type { Logger } from '../log.ts';
import { writeAtomically } from './atomic-write.ts';
import type { OpenedCopies } from './opened-copies.ts';
import type { ReadSlipPdf } from './read-slip-pdf.ts';

/** Asks the user where to; null when they thought better of it. */
export type AskWhere = (suggestion: {
  fileName: string;
  kind: 'pdf' | 'csv' | 'txt' | 'zip';
}) => Promise<string | null>;

/** Shows the system's dialog for printing the PDF at an address of ours; false when the person thought better of it. */
export type PrintPdf = (address: string) => Promise<boolean>;

export interface DocumentsDeps {
  readonly askWhere: AskWhere;
  readonly readSlipPdf: ReadSlipPdf;
  readonly copies: OpenedCopies;
  readonly printPdf: PrintPdf;
  readonly log: Logger;
}

export const notSaved: Saved = { saved: false, fileName: null };
export const savedAs = (path: string): Saved => ({ saved: true, fileName: basename(path) });

/** What is written where the user says: slips, lists. */
export function createDocuments({ askWhere, readSlipPdf, copies, printPdf, log }: DocumentsDeps) {
  async function write(path: string, content: Uint8Array | string): Promise<Saved> {
    try {
      await writeAtomically(path, (file) => file.writeFile(content));
      return savedAs(path);
    } catch (cause) {
      log.error('file_not_written', { cause });
      throw new ProblemError('file_failed', { cause });
    }
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

  return { saveSlipPdf, openSlipPdf, printSlipPdf, saveText };
}

export type Documents = ReturnType<typeof createDocuments>;
