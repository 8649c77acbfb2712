import type { Knex } from 'knex';
import { z } from 'zod';
import type { MailState } from '../../../contract/mails.ts';
import { idSchema } from '../../../contract/schemas/text.ts';
import { instantSchema } from '../../../contract/schemas/time.ts';
import { toInstant, toIso } from '../../db/time.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import { Mail } from '../../models/mail.ts';

interface MailFilter {
  readonly state?: MailState | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** All that is shown. The texts stay where they are: they may hold codes, and are most of what a row weighs. */
const shown = [
  ...['id', 'kind', 'state', 'to_address', 'subject', 'created_at', 'sent_at', 'failed_at', 'tries', 'last_error'],
];

const pageKey = z.tuple([instantSchema, idSchema]);

/** A page of a manager's mails, newest first. */
export async function pageOfMails(db: Knex, managerId: string, { state, cursor, limit }: MailFilter) {
  const query = Mail.query(db)
    .select(shown)
    .where('manager_id', managerId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc');
  if (state !== undefined) void query.where('state', state);
  if (cursor !== undefined) {
    const [createdAt, id] = decodeCursor(cursor, pageKey);
    const before = toInstant(new Date(createdAt));
    // Mails of a publication share their moment by the thousand: both halves are ranges of the index.
    void query.whereRaw('(created_at < ? or (created_at = ? and id < ?))', [before, before, id]);
  }
  const rows = await query.limit(limit + 1);
  return cutPage(rows, limit, (row) => [toIso(row.createdAt), row.id]);
}
