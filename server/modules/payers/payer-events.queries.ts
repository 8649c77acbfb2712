import type { Knex } from 'knex';
import { z } from 'zod';
import type { AuditAction } from '../../../contract/audit-actions.ts';
import { instantSchema } from '../../../contract/schemas/time.ts';
import { planOf } from '../../db/plan.ts';
import { toInstant, toIso } from '../../db/time.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import { Account } from '../../models/account.ts';
import type { PayerKey } from './payer-account.queries.ts';
import type { PageQuery } from './payer-slips.queries.ts';

/** What the person behind a payer does: everything else is the office's doing. */
const ofThePerson: ReadonlySet<AuditAction> = new Set([
  'registration.completed',
  'payer.linked',
  'payer.unlinked',
  'e_invoice.requested',
  'e_invoice.withdrawn',
]);

interface EventRow {
  readonly at: string;
  readonly seq: number;
  readonly action: AuditAction;
  readonly actorId: string | null;
}

const entries = (db: Knex, chain: string, subjects: readonly string[]): Knex.QueryBuilder =>
  db
    .from(db.raw(`audit_entries ${planOf(db).by('audit_entries_subject_ix')}`) as unknown as string)
    .where('chain', chain)
    .whereIn('subject_id', [...subjects]);

/** The payer, and those that were merged into it, and into these: what happened to them happened to it. */
async function allOf(db: Knex, { managerId, payerId }: PayerKey): Promise<string[]> {
  const all = new Set([payerId]);
  for (let some = [payerId]; some.length > 0;) {
    const merges = await entries(db, managerId, some)
      .where({ action: 'payer.merged', subject_kind: 'payer' })
      .select<{ details: string }[]>('details');
    some = merges
      .map(({ details }) => (JSON.parse(details) as { removedId: string }).removedId)
      .filter((id) => !all.has(id));
    for (const id of some) all.add(id);
  }
  return [...all];
}

/** What deeds are about when they are about the payer: itself, its slips, and the batches of its slip passwords. */
async function subjectsOf(db: Knex, key: PayerKey): Promise<string[]> {
  const own = { manager_id: key.managerId, payer_id: key.payerId };
  const slips = (await db('slips').where(own).pluck('id')) as string[];
  const batches = (await db('slip_passwords').where(own).distinct('batch_id').pluck('batch_id')) as string[];
  return [...(await allOf(db, key)), ...slips, ...batches];
}

async function namesOf(db: Knex, rows: readonly EventRow[]): Promise<Map<string, string>> {
  const ids = new Set(rows.flatMap(({ action, actorId }) => (ofThePerson.has(action) ? [] : (actorId ?? []))));
  const accounts = await Account.query(db).whereIn('id', [...ids]);
  return new Map(accounts.map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`]));
}

const pageKey = z.tuple([instantSchema, z.string().regex(/^\d{1,9}$/)]);

/** A page of what happened to a payer, newest first, as the manager's trail tells it. */
export async function pageOfPayerEvents(db: Knex, key: PayerKey, { cursor, limit }: PageQuery) {
  const query = entries(db, key.managerId, await subjectsOf(db, key));
  if (cursor !== undefined) {
    const [iso, seq] = decodeCursor(cursor, pageKey);
    const at = toInstant(new Date(iso));
    void query.whereRaw('(at < ? or (at = ? and seq < ?))', [at, at, Number(seq)]);
  }
  const rows = await query
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .select<EventRow[]>({ at: 'at', seq: 'seq', action: 'action', actorId: 'actor_id' });
  const { items, nextCursor } = cutPage(rows, limit, ({ at, seq }) => [toIso(at), String(seq)]);
  const names = await namesOf(db, items);
  const present = ({ at, action, actorId }: EventRow) => {
    const by = ofThePerson.has(action) ? null : (names.get(actorId ?? '') ?? null);
    return { at: toIso(at), action, by };
  };
  return { items: items.map(present), nextCursor };
}
