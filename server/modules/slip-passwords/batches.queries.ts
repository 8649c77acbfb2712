import type { Knex } from 'knex';
import { z } from 'zod';
import { idSchema } from '../../../contract/schemas/text.ts';
import { instantSchema } from '../../../contract/schemas/time.ts';
import { toInstant, toIso } from '../../db/time.ts';
import { ApiError } from '../../http/api-error.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import { Account } from '../../models/account.ts';
import { SlipPasswordBatch } from '../../models/slip-password-batch.ts';
import type { BatchKey } from './void-batch.ts';

/** What has become of the passwords of a batch. */
interface Fates {
  readonly used: number;
  readonly revoked: number;
  readonly unused: number;
}

/** A batch with the name of who issued it. */
export interface BatchView extends Fates {
  readonly row: SlipPasswordBatch;
  readonly issuedBy: string;
}

/** Counted from the index alone, batch by batch: a large one takes the embedded database some milliseconds. */
const fatesOf = async (db: Knex, { managerId, id }: SlipPasswordBatch): Promise<Fates> =>
  db('slip_passwords')
    .where({ manager_id: managerId, batch_id: id })
    .first<Fates>(
      db.raw('coalesce(sum(case when used_at is not null then 1 else 0 end), 0) as used'),
      db.raw('coalesce(sum(case when used_at is null and revoked_at is not null then 1 else 0 end), 0) as revoked'),
      db.raw(`coalesce(sum(case when used_at is null and revoked_at is null then 1 else 0 end), 0) as unused`),
    );

async function view(db: Knex, rows: readonly SlipPasswordBatch[]): Promise<BatchView[]> {
  const issuers = rows.flatMap(({ issuedBy }) => issuedBy ?? []);
  const accounts = await Account.query(db).whereIn('id', issuers).select('id', 'first_name', 'last_name');
  const names = new Map(accounts.map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`]));
  const views: BatchView[] = [];
  for (const row of rows)
    views.push({ row, issuedBy: names.get(row.issuedBy ?? '') ?? '', ...(await fatesOf(db, row)) });
  return views;
}

/** @throws not_found: also for another manager's */
export async function findBatch(db: Knex, { managerId, batchId }: BatchKey): Promise<BatchView> {
  const row = await SlipPasswordBatch.query(db).findById([managerId, batchId]);
  if (!row) throw new ApiError('not_found');
  return (await view(db, [row]))[0]!;
}

const pageKey = z.tuple([instantSchema, idSchema]);

/** A page of a manager's batches, newest first. */
export async function pageOfBatches(
  db: Knex,
  managerId: string,
  page: { readonly cursor?: string | undefined; readonly limit: number },
) {
  const query = SlipPasswordBatch.query(db)
    .where({ manager_id: managerId })
    .orderBy('issued_at', 'desc')
    .orderBy('id', 'desc');
  if (page.cursor !== undefined) {
    const [issuedAt, id] = decodeCursor(page.cursor, pageKey);
    void query.whereRaw('(issued_at, id) < (?, ?)', [toInstant(new Date(issuedAt)), id]);
  }
  const rows = await query.limit(page.limit + 1);
  const { items, nextCursor } = cutPage(rows, page.limit, (row) => [toIso(row.issuedAt), row.id]);
  return { items: await view(db, items), nextCursor };
}
