import type { Knex } from 'knex';
import { z } from 'zod';
import { idSchema } from '../../../contract/schemas/text.ts';
import { instantSchema } from '../../../contract/schemas/time.ts';
import { planOf } from '../../db/plan.ts';
import { toInstant, toIso } from '../../db/time.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import { shownMails } from '../mails/mails.queries.ts';
import { findLink, type PayerKey } from './payer-account.queries.ts';
import type { PageQuery } from './payer-slips.queries.ts';

const pageKey = z.tuple([instantSchema, idSchema]);

interface Found {
  readonly id: string;
  readonly createdAt: string;
}

interface Way {
  /** That leads to them: by statistics from before a mailing a database may go through all mails of the manager. */
  readonly index: string;
  readonly column: string;
  readonly value: string | Knex.QueryBuilder;
}

/** What makes a mail one of the payer's. */
async function ways(db: Knex, { managerId, payerId }: PayerKey, email: string | null): Promise<Way[]> {
  const link = await findLink(db, { managerId, payerId });
  const slips = db('slips').where({ manager_id: managerId, payer_id: payerId }).select('id');
  return [
    { index: 'mails_slip_uq', column: 'slip_id', value: slips },
    ...(link ? [{ index: 'mails_account_ix', column: 'account_id', value: link.accountId }] : []),
    ...(email === null ? [] : [{ index: 'mails_address_ix', column: 'to_address', value: email }]),
  ];
}

/** The newest of them that came before a cursor. */
async function newest(db: Knex, managerId: string, way: Way, { cursor, limit }: PageQuery): Promise<Found[]> {
  const query = db
    .from(db.raw(`mails ${planOf(db).by(way.index)}`))
    .where('manager_id', managerId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  void (typeof way.value === 'string' ? query.where(way.column, way.value) : query.whereIn(way.column, way.value));
  if (cursor !== undefined) {
    const [createdAt, id] = decodeCursor(cursor, pageKey);
    const before = toInstant(new Date(createdAt));
    void query.whereRaw('(created_at < ? or (created_at = ? and id < ?))', [before, before, id]);
  }
  return query.select<Found[]>({ id: 'id', createdAt: 'created_at' });
}

const newestFirst = (one: Found, other: Found): number =>
  `${one.createdAt} ${one.id}` > `${other.createdAt} ${other.id}` ? -1 : 1;

/**
 * A page of the manager's mails to a payer, newest first: to the account that holds it, to its address for bills, and
 * with its slips, wherever those went. What is between the portal and the person alone is not among them, nor any text.
 */
export async function pageOfPayerMails(db: Knex, key: PayerKey, email: string | null, page: PageQuery) {
  const found = new Map<string, Found>();
  for (const way of await ways(db, key, email)) {
    for (const mail of await newest(db, key.managerId, way, page)) found.set(mail.id, mail);
  }
  const sorted = [...found.values()].sort(newestFirst);
  const { items, nextCursor } = cutPage(sorted, page.limit, ({ createdAt, id }) => [toIso(createdAt), id]);
  return { items: await shownMails(db, items.map(({ id }) => id)), nextCursor }; // prettier-ignore
}
