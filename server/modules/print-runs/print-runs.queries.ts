import type { Knex } from 'knex';
import { z } from 'zod';
import { idSchema } from '../../../contract/schemas/text.ts';
import { instantSchema } from '../../../contract/schemas/time.ts';
import { toInstant, toIso } from '../../db/time.ts';
import { staffManagers, type Actor } from '../../http/actor.ts';
import { ApiError } from '../../http/api-error.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import { Account } from '../../models/account.ts';
import { PrintRun } from '../../models/print-run.ts';
import type { PrintRunView } from './print-runs.presenter.ts';

async function view(db: Knex, rows: readonly PrintRun[]): Promise<PrintRunView[]> {
  const creators = rows.flatMap(({ createdBy }) => createdBy ?? []);
  const accounts = await Account.query(db).whereIn('id', creators).select('id', 'first_name', 'last_name');
  const names = new Map(accounts.map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`]));
  return rows.map((row) => ({ row, createdBy: names.get(row.createdBy ?? '') ?? '' }));
}

/** @throws not_found: also for another manager's */
export async function findPrintRun(db: Knex, actor: Actor, id: string): Promise<PrintRunView> {
  const row = await PrintRun.query(db).whereIn('manager_id', staffManagers(actor, 'clerk')).findOne({ id });
  if (!row) throw new ApiError('not_found');
  return (await view(db, [row]))[0]!;
}

const pageKey = z.tuple([instantSchema, idSchema]);

/** A page of a manager's print runs, newest first. */
export async function pageOfPrintRuns(
  db: Knex,
  managerId: string,
  page: { readonly cursor?: string | undefined; readonly limit: number },
) {
  const query = PrintRun.query(db).where({ manager_id: managerId }).orderBy('created_at', 'desc').orderBy('id', 'desc');
  if (page.cursor !== undefined) {
    const [createdAt, id] = decodeCursor(page.cursor, pageKey);
    void query.whereRaw('(created_at, id) < (?, ?)', [toInstant(new Date(createdAt)), id]);
  }
  const rows = await query.limit(page.limit + 1);
  const { items, nextCursor } = cutPage(rows, page.limit, (row) => [toIso(row.createdAt), row.id]);
  return { items: await view(db, items), nextCursor };
}
