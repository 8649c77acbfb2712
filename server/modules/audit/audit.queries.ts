import type { Knex } from 'knex';
import { z } from 'zod';
import { actionsOf, type AuditFilter } from '../../../contract/audit.ts';
import { instantSchema } from '../../../contract/schemas/time.ts';
import { toInstant, toIso } from '../../db/time.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import type { AuditEntry } from '../../models/audit-entry.ts';
import type { BaseModel } from '../../models/base-model.ts';

const pageKey = z.tuple([instantSchema, z.string().regex(/^\d{1,9}$/)]);

const instantOf = (iso: string): string => toInstant(new Date(iso));

/** Where to go on: after the entry of this moment and number. */
interface Place {
  readonly at: string;
  readonly seq: number;
}

/** An entry as it is shown: the hash is the chain's own affair. */
export type EntryRow = Omit<AuditEntry, 'chain' | 'hash' | keyof BaseModel>;

const columns = {
  ...{ seq: 'seq', at: 'at', action: 'action', actorId: 'actor_id', address: 'address' },
  ...{ subjectKind: 'subject_kind', subjectId: 'subject_id', details: 'details' },
};

const ordered = (query: Knex.QueryBuilder, limit: number): Knex.QueryBuilder =>
  query.orderBy('at', 'desc').orderBy('seq', 'desc').limit(limit);

/** The entries of one range of an index. */
function rangeOf(db: Knex, chain: string, filter: AuditFilter, after: Place | null): Knex.QueryBuilder {
  const { from, until, actorId, payerId } = filter;
  const query = db('audit_entries').where({ chain });
  if (from !== undefined) void query.where('at', '>=', instantOf(from));
  if (until !== undefined) void query.where('at', '<', instantOf(until));
  if (actorId !== undefined) void query.where('actor_id', actorId);
  if (payerId !== undefined) void query.where({ subject_id: payerId, subject_kind: 'payer' });
  // The first half is what both databases take for a range of the index.
  if (after) void query.whereRaw('at <= ? and (at < ? or seq < ?)', [after.at, after.at, after.seq]);
  return query;
}

/**
 * A topic is several actions, and each a range of the index: each is asked for its newest, of which the newest are the
 * page. Otherwise the database would read back through all that happened, or sort all that fits. Of a person's or a
 * payer's deeds the one range is read and the actions are picked out.
 */
function newest(db: Knex, chain: string, filter: AuditFilter, after: Place | null, limit: number): Knex.QueryBuilder {
  const range = () => rangeOf(db, chain, filter, after);
  if (filter.what === undefined) return ordered(range().select(columns), limit);
  const actions = actionsOf(filter.what);
  if (filter.actorId !== undefined || filter.payerId !== undefined || actions.length === 1)
    return ordered(range().whereIn('action', actions).select(columns), limit);
  const parts = actions.map((action) => db.select('*').from(ordered(range().where({ action }), limit).as('part')));
  return ordered(db.select(columns).from(db.unionAll(parts).as('found')), limit);
}

/** A page of a chain's entries, newest first; of those of one moment first the one written last. */
export async function pageOfEntries(
  db: Knex,
  chain: string,
  { cursor, limit, ...filter }: AuditFilter & { readonly cursor?: string | undefined; readonly limit: number },
) {
  const place = cursor === undefined ? null : decodeCursor(cursor, pageKey);
  const after = place && { at: instantOf(place[0]), seq: Number(place[1]) };
  const rows = (await newest(db, chain, filter, after, limit + 1)) as EntryRow[];
  return cutPage(rows, limit, ({ at, seq }) => [toIso(at), String(seq)]);
}
