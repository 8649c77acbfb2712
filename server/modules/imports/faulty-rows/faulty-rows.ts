import { Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';
import type { Knex } from 'knex';
import { ApiError } from '../../../http/api-error.ts';
import { FaultyRows } from '../../../models/faulty-rows.ts';
import type { StagedImport } from '../staging/staged-import.ts';
import type { FaultyRowsFile } from './faulty-rows-file.ts';

/** Keeps the rows for download. A file none of whose faults is a row's has none. */
export async function keepFaultyRows(
  db: Knex,
  { managerId, importId }: StagedImport,
  { rows, text }: FaultyRowsFile,
  now: string,
): Promise<void> {
  if (rows === 0) return;
  await FaultyRows.query(db).insert({ managerId, importId, rowCount: rows, csv: gzipSync(text), createdAt: now });
}

/** How many rows can be downloaded, by import. */
export async function countFaultyRows(db: Knex, managerId: string, importIds: readonly string[]) {
  const kept = await FaultyRows.query(db)
    .where({ manager_id: managerId })
    .whereIn('import_id', [...importIds])
    .select('import_id', 'row_count');
  return new Map(kept.map(({ importId, rowCount }) => [importId, rowCount]));
}

/** @throws not_found when there are none, or none any more */
export async function readFaultyRows(db: Knex, { managerId, importId }: StagedImport): Promise<Readable> {
  const kept = await FaultyRows.query(db).findById([managerId, importId]);
  if (!kept) throw new ApiError('not_found');
  return Readable.from([kept.csv]).pipe(createGunzip());
}
