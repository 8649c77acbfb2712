import type { Knex } from 'knex';
import { z } from 'zod';
import type { Import as ContractImport } from '../../../contract/imports.ts';
import { idSchema } from '../../../contract/schemas/text.ts';
import { instantSchema } from '../../../contract/schemas/time.ts';
import { toInstant, toIso } from '../../db/time.ts';
import { decodeCursor, cutPage } from '../../http/cursor.ts';
import { Account } from '../../models/account.ts';
import { Import } from '../../models/import.ts';
import { countFaultyRows } from './faulty-rows/faulty-rows.ts';
import type { ImportView } from './imports.presenter.ts';

type RunRow = ContractImport['runs'][number] & { readonly importId: string };

/** The runs of some imports of one manager, with what their slips come to. */
async function runsOf(db: Knex, managerId: string, importIds: readonly string[]): Promise<RunRow[]> {
  const runs: RunRow[] = await db('billing_runs')
    .where('manager_id', managerId)
    .whereIn('import_id', importIds)
    .whereIn('state', ['draft', 'published'])
    .orderBy('period')
    .select('import_id as importId', 'id', 'period', 'state', 'slips', 'total_cents as totalCents');
  return runs;
}

async function namesOf(db: Knex, accountIds: readonly string[]): Promise<Map<string, string>> {
  const accounts = await Account.query(db).whereIn('id', accountIds).select('id', 'first_name', 'last_name');
  return new Map(accounts.map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`]));
}

/** Imports of one manager with all that is shown of them. */
export async function viewImports(db: Knex, rows: readonly Import[]): Promise<ImportView[]> {
  const [first] = rows;
  if (!first) return [];
  const ids = rows.map(({ id }) => id);
  const runs = await runsOf(db, first.managerId, ids);
  const faultyRows = await countFaultyRows(db, first.managerId, ids);
  const names = await namesOf(db, rows.flatMap((row) => [row.createdBy ?? [], row.withdrawnBy ?? []].flat())); // prettier-ignore
  return rows.map((row) => ({
    row,
    createdBy: names.get(row.createdBy ?? '') ?? row.program ?? '',
    withdrawnBy: names.get(row.withdrawnBy ?? '') ?? '',
    faultyRows: faultyRows.get(row.id) ?? 0,
    runs: runs.filter(({ importId }) => importId === row.id),
  }));
}

/** All but what only its preview and its confirmation ask for, which may be as large as all the rest of the list. */
const listed = [
  ...['manager_id', 'id', 'file_name', 'size', 'state', 'phase', 'rows_read', 'bytes_read', 'fault_count', 'faults'],
  ...['unknown_columns', 'unchanged_of', 'new_payers', 'new_slips', 'replaced_slips', 'created_by', 'program'],
  ...['created_at', 'finished_at', 'withdrawn_at', 'withdrawn_by', 'withdrawal_reason'],
];

const pageKey = z.tuple([instantSchema, idSchema]);

/** A page of a manager's imports, newest first. */
export async function pageOfImports(db: Knex, managerId: string, page: { cursor?: string | undefined; limit: number }) {
  const query = Import.query(db).where({ manager_id: managerId }).orderBy('created_at', 'desc').orderBy('id', 'desc');
  if (page.cursor !== undefined) {
    const [createdAt, id] = decodeCursor(page.cursor, pageKey);
    void query.whereRaw('(created_at, id) < (?, ?)', [toInstant(new Date(createdAt)), id]);
  }
  const rows = await query.select(...listed).limit(page.limit + 1);
  const { items, nextCursor } = cutPage(rows, page.limit, (row) => [toIso(row.createdAt), row.id]);
  return { items: await viewImports(db, items), nextCursor };
}
