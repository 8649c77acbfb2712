import type { Knex } from 'knex';
import type { QueryBuilder } from 'objection';
import { z } from 'zod';
import type { MailFilter, MailState } from '../../../contract/mails.ts';
import { idSchema } from '../../../contract/schemas/text.ts';
import { instantSchema } from '../../../contract/schemas/time.ts';
import { toInstant, toIso } from '../../db/time.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import { Mail } from '../../models/mail.ts';

interface MailPage extends MailFilter {
  readonly state?: MailState | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** All that is shown. The texts stay where they are: they may hold codes, and are most of what a row weighs. */
const shown = [
  ...['id', 'kind', 'state', 'to_address', 'subject', 'created_at', 'sent_at', 'failed_at', 'tries', 'last_error'],
  ...['account_id', 'slip_id'],
];

const pageKey = z.tuple([instantSchema, idSchema]);

/** The words of a search as patterns for `like … escape '!'`. */
const patternsOf = (search = ''): string[] =>
  search
    .split(' ')
    .filter(Boolean)
    .map((word) => `%${word.replace(/[!%_]/g, '!$&')}%`);

/** Narrows a query of a manager's mails to those that fit. */
export function narrow(query: QueryBuilder<Mail, Mail[]>, { kind, search, from, until }: MailFilter): void {
  if (kind !== undefined) void query.where('kind', kind);
  if (from !== undefined) void query.where('created_at', '>=', toInstant(new Date(from)));
  if (until !== undefined) void query.where('created_at', '<', toInstant(new Date(until)));
  for (const pattern of patternsOf(search)) {
    // Addresses are kept in lower case, and compared exactly.
    const bindings = [pattern.toLowerCase(), pattern];
    void query.whereRaw(`(to_address like ? escape '!' or subject like ? escape '!')`, bindings);
  }
}

/** A page of a manager's mails, newest first. */
export async function pageOfMails(db: Knex, managerId: string, { state, cursor, limit, ...filter }: MailPage) {
  const query = Mail.query(db)
    .select(shown)
    .where('manager_id', managerId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc');
  if (state !== undefined) void query.where('state', state);
  narrow(query, filter);
  if (cursor !== undefined) {
    const [createdAt, id] = decodeCursor(cursor, pageKey);
    const before = toInstant(new Date(createdAt));
    // Mails of a publication share their moment by the thousand: both halves are ranges of the index.
    void query.whereRaw('(created_at < ? or (created_at = ? and id < ?))', [before, before, id]);
  }
  const rows = await query.limit(limit + 1);
  return cutPage(rows, limit, (row) => [toIso(row.createdAt), row.id]);
}

/** These mails, newest first. */
export const shownMails = async (db: Knex, ids: readonly string[]): Promise<Mail[]> =>
  Mail.query(db)
    .select(shown)
    .whereIn('id', [...ids])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc');

/** How many that fit were given up, with their text and without. */
export async function countFailed(db: Knex, managerId: string, filter: MailFilter) {
  const failed = () => {
    const query = Mail.query(db).where({ manager_id: managerId, state: 'failed' });
    narrow(query, filter);
    return query;
  };
  const tooOld = await failed().where('text', '').resultSize();
  return { retryable: (await failed().resultSize()) - tooOld, tooOld };
}

type Owned = Pick<Mail, 'id' | 'slipId' | 'accountId'>;

/** The payer behind each of these mails: of the slip that goes along, else of the account, which may hold several. */
export async function payersBehind(db: Knex, managerId: string, mails: readonly Owned[]): Promise<Map<string, string>> {
  const slipIds = mails.flatMap(({ slipId }) => slipId ?? []);
  const accountIds = mails.flatMap(({ slipId, accountId }) => (slipId === null && accountId ? [accountId] : []));
  const slips: { id: string; payer_id: string }[] = await db('slips')
    .where('manager_id', managerId)
    .whereIn('id', slipIds)
    .select('id', 'payer_id');
  const links: { account_id: string; payer_id: string }[] = await db('payer_accounts')
    .where('manager_id', managerId)
    .whereIn('account_id', accountIds)
    .groupBy('account_id')
    .select('account_id')
    .min({ payer_id: 'payer_id' });
  const payers = new Map([
    ...slips.map((slip) => [slip.id, slip.payer_id] as const),
    ...links.map((link) => [link.account_id, link.payer_id] as const),
  ]);
  const found = mails.map(({ id, slipId, accountId }) => [id, payers.get(slipId ?? accountId ?? '')] as const);
  return new Map(found.filter((pair): pair is [string, string] => pair[1] !== undefined));
}
