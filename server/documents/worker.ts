import { constants, setPriority } from 'node:os';
import { DocumentLimit } from '../pdf/engine/document-limit.ts';
import { renderLetters, type Letter, type LettersHead } from '../pdf/letters-pdf.ts';
import type { SlipDocument } from '../pdf/slip-document.ts';
import { renderSlip, slipPdf, type RenderedSlip } from '../pdf/slip-pdf.ts';

// Linux knows the priority of a single thread: where processors are short, the event loop goes before the documents.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

export type DocumentTask =
  | { readonly kind: 'pdf'; readonly document: SlipDocument }
  | { readonly kind: 'pages'; readonly documents: readonly SlipDocument[] }
  | { readonly kind: 'letters'; readonly letters: readonly Letter[]; readonly head: LettersHead };

export type DocumentResult =
  | { readonly kind: 'pdf'; readonly pdf: Uint8Array }
  | { readonly kind: 'pages'; readonly slips: readonly RenderedSlip[] }
  /** Kinds of errors get lost between threads; this one is an answer. */
  | { readonly kind: 'limit'; readonly reason: string };

/** Runs in a worker thread: data in, bytes out, with neither network nor files. */
export default function work(task: DocumentTask): DocumentResult {
  try {
    if (task.kind === 'pdf') return { kind: 'pdf', pdf: slipPdf(task.document) };
    if (task.kind === 'letters') return { kind: 'pages', slips: [renderLetters(task.letters, task.head)] };
    return { kind: 'pages', slips: task.documents.map(renderSlip) };
  } catch (error) {
    if (error instanceof DocumentLimit) return { kind: 'limit', reason: error.message };
    throw error;
  }
}
