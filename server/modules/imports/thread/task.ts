import type { MessagePort } from 'node:worker_threads';
import type { KeptFault } from '../billing-file/faults.ts';
import type { Encoding } from '../billing-file/encoding.ts';
import type { StagedImport } from '../staging/staged-import.ts';

/** A file that lies on the disk and is to be read and checked. */
export interface FileToCheck {
  readonly path: string;
  readonly encoding: Encoding;
  /** Bytes of the whole file. */
  readonly size: number;
}

/**
 * What a thread does with an import. check: reads its file and counts the preview; recheck: counts it anew;
 * write: writes what was checked as drafts; undo: takes back what a write that died has left; clear: takes away all that
 * was staged, and with `parts` what was written of slips that will never be.
 */
export type ImportWork =
  | { readonly kind: 'check'; readonly now: string; readonly file: FileToCheck }
  | { readonly kind: 'recheck' | 'write'; readonly now: string }
  | { readonly kind: 'undo' }
  | { readonly kind: 'clear'; readonly parts?: boolean };

export interface ImportTask {
  readonly databaseUrl: string;
  readonly staged: StagedImport;
  readonly work: ImportWork;
  readonly board: SharedArrayBuffer;
  readonly port: MessagePort;
}

/** What is written into the import's row when it has been checked. */
export interface Checked {
  readonly faultCount: number;
  readonly faults: readonly KeptFault[];
  /** Not said where the file was not read again. */
  readonly columns?: { readonly unknown: readonly string[]; readonly known: readonly string[] };
  /** Without faults: the preview and what it was counted against. */
  readonly preview?: unknown;
  readonly version: number;
}

/** Kinds of errors get lost between threads; these are answers. */
export type ImportOutcome =
  | ({ readonly kind: 'checked' } & Checked)
  | { readonly kind: 'written' }
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' };
