import type { ImportPreview } from '../../../../contract/imports.ts';
import { ApiError } from '../../../http/api-error.ts';
import type { Import } from '../../../models/import.ts';

/** What a period of a file is compared with: the newest published month before it, if there is one. */
export interface Before {
  readonly period: string;
  readonly before: string | null;
  /** The published runs of that month. */
  readonly runIds: readonly string[];
}

/** Name, cents, cents of the month before, whether it is an outlier, slips: short, as there may be thousands. */
export type StoredBuilding = readonly [string, number, number | null, boolean, number];

/** A preview as it is kept with its import: the numbers, and what the pages of the lists need to be asked for. */
export interface StoredPreview {
  readonly numbers: ImportPreview;
  /** The fields for which the file has a column: what is known of the others stays. */
  readonly present: readonly string[];
  readonly befores: readonly Before[];
  /** Outliers first, then the largest. */
  readonly buildings: readonly StoredBuilding[];
}

/** @throws import_state when the import does not wait for its confirmation */
export function readStored({ state, preview }: Pick<Import, 'state' | 'preview'>): StoredPreview {
  if (state !== 'checked' || preview === null) throw new ApiError('import_state');
  return JSON.parse(preview) as StoredPreview;
}
