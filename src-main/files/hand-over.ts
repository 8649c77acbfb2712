import { access } from 'node:fs/promises';
import { ProblemError } from '../gateway/problems.ts';
import type { OpenedCopies } from './opened-copies.ts';
import type { ReadSlipPdf } from './read-slip-pdf.ts';
import type { SavedFiles } from './saved-files.ts';

export interface HandOverDeps {
  readonly copies: Pick<OpenedCopies, 'write'>;
  readonly readSlipPdf: ReadSlipPdf;
  readonly saved: Pick<SavedFiles, 'find'>;
  /** Begins to drag the file out of the window, as from a folder. */
  readonly dragFile: (path: string) => void;
  /** Shows the system's menu for sharing, where there is one (macOS). */
  readonly shareFile: (path: string) => void;
  /** Shows the file in the system's own window of its folder. */
  readonly showInFolder: (path: string) => void;
}

export interface SlipFile {
  readonly id: string;
  readonly fileName: string;
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * A slip's PDF handed over to other programs: dragged or shared as a copy that goes with the session, or shown where it
 * was saved.
 */
export function createHandOver({ copies, readSlipPdf, saved, dragFile, shareFile, showInFolder }: HandOverDeps) {
  /** The copy that the next drag takes along. */
  let ready: { readonly id: string; readonly path: string } | null = null;

  /** The system wants the whole file when a drag begins: there is no time then to ask the portal for it. */
  async function prepareDrag({ id, fileName }: SlipFile): Promise<null> {
    if (ready?.id === id && (await isThere(ready.path))) return null;
    ready = { id, path: await copies.write(fileName, () => readSlipPdf(id)) };
    return null;
  }

  /** False when there is no copy, or no longer. */
  async function startDrag({ id }: Pick<SlipFile, 'id'>): Promise<boolean> {
    if (ready?.id !== id || !(await isThere(ready.path))) return false;
    dragFile(ready.path);
    return true;
  }

  async function share({ id, fileName }: SlipFile): Promise<null> {
    shareFile(await copies.write(fileName, () => readSlipPdf(id)));
    return null;
  }

  async function showSaved({ fileName }: Pick<SlipFile, 'fileName'>): Promise<null> {
    const path = saved.find(fileName);
    if (path === undefined || !(await isThere(path))) throw new ProblemError('file_gone');
    showInFolder(path);
    return null;
  }

  return { prepareDrag, startDrag, share, showSaved };
}

export type HandOver = ReturnType<typeof createHandOver>;
