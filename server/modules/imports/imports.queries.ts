import type { Knex } from 'knex';
import { z } from 'zod';
import type { Import as ContractImport } from '../../../contract/imports.ts';
import { idSchema } from '../../../contract/schemas/text.ts';
import { instantSchema } from '../../../contract/schemas/time.ts';
import { toInstant, toIso } from '../../db/time.ts';
import { decodeCursor, cutPage } from '../../http/cursor.ts';
import { Account } from '../../models/account.ts';
import { Import } from '../../models/import.ts';
import type { ImportView } from './imports.presenter.ts';

type RunRow = ContractImport['runs'][number] & { readonly importId: string };

/** The runs of some imports of one manager, with what their slips come to. */
async function runsOf(db: Knex, managerId: string, importIds: readonly string[]): Promise<RunRow[]> {
  const runs: RunRow[] = await db('billing_runs as r')
    .leftJoin('slips as s', { 's.manager_id': 'r.manager_id', 's.run_id': 'r.id' })
    .where('r.manager_id', managerId)
    .whereIn('r.import_id', importIds)
    .groupBy('r.import_id', 'r.id', 'r.period', 'r.state')
    .orderBy('r.period')
    .select('r.import_id as importId', 'r.id', 'r.period', 'r.state')
    .count('s.id as slips')
    .select(db.raw('coalesce(sum(s.total_cents), 0) as totalCents'));
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
  const runs = await runsOf(db, first.managerId, rows.map(({ id }) => id)); // prettier-ignore
  const names = await namesOf(db, rows.flatMap(({ createdBy }) => createdBy ?? [])); // prettier-ignore
  return rows.map((row) => ({
    row,
    createdBy: names.get(row.createdBy ?? '') ?? '',
    runs: runs.filter(({ importId }) => importId === row.id),
  }));
}

const pageKey = z.tuple([instantSchema, idSchema]);

/** A page of a manager's imports, newest first. */
export async function pageOfImports(db: Knex, managerId: string, page: { cursor?: string | undefined; limit: number }) {
  const query = Import.query(db).where({ manager_id: managerId }).orderBy('created_at', 'desc').orderBy('id', 'desc');
  if (page.cursor !== undefined) {
    const [createdAt, id] = decodeCursor(page.cursor, pageKey);
    void query.whereRaw('(created_at, id) < (?, ?)', [toInstant(new Date(createdAt)), id]);
  }
  const rows = await query.limit(page.limit + 1);
  const { items, nextCursor } = cutPage(rows, page.limit, (row) => [toIso(row.createdAt), row.id]);
  return { items: await viewImports(db, items), nextCursor };
}
