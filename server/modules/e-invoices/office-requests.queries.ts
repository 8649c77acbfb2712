import type { Knex } from 'knex';
import { z } from 'zod';
import { idSchema } from '../../../contract/schemas/text.ts';
import { instantSchema } from '../../../contract/schemas/time.ts';
import { toInstant, toIso } from '../../db/time.ts';
import { ApiError } from '../../http/api-error.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import { EInvoiceRequest } from '../../models/e-invoice-request.ts';
import type { OfficeRequestRow } from './e-invoices.presenter.ts';

interface RequestFilter {
  readonly state: 'open' | 'decided';
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Requests with payer and people. */
const described = (db: Knex, managerId: string) =>
  EInvoiceRequest.query(db)
    .alias('r')
    .join('payers as p', (on) => on.on('p.manager_id', 'r.manager_id').andOn('p.id', 'r.payer_id'))
    .leftJoin('accounts as asker', 'asker.id', 'r.account_id')
    .leftJoin('accounts as decider', 'decider.id', 'r.decided_by')
    .where('r.manager_id', managerId)
    .select('r.*', 'p.code as payer_code', 'p.name as payer_name', 'p.channel as current_channel')
    .select('asker.first_name as asker_first', 'asker.last_name as asker_last')
    .select('asker.email as asker_email', 'asker.email_confirmed_at as asker_confirmed_at')
    .select('decider.first_name as decider_first', 'decider.last_name as decider_last')
    .castTo<OfficeRequestRow[]>();

const pageKey = z.tuple([instantSchema, idSchema]);

/** A page of a manager's requests: the open ones by how long they wait, the others by when they were decided. */
export async function pageOfRequests(db: Knex, managerId: string, { state, cursor, limit }: RequestFilter) {
  const isOpen = state === 'open';
  const [moment, direction, after] = isOpen ? ['created_at', 'asc', '>'] : ['decided_at', 'desc', '<'];
  const query = described(db, managerId)
    .orderBy(`r.${moment}`, direction as 'asc' | 'desc')
    .orderBy('r.id', direction as 'asc' | 'desc')
    .limit(limit + 1);
  if (isOpen) void query.where('r.is_open', 1);
  else void query.whereNull('r.is_open');
  if (cursor !== undefined) {
    const [at, id] = decodeCursor(cursor, pageKey);
    const instant = toInstant(new Date(at));
    void query.whereRaw(`(r.${moment} ${after} ? or (r.${moment} = ? and r.id ${after} ?))`, [instant, instant, id]);
  }
  const rows = await query;
  return cutPage(rows, limit, (row) => [toIso((isOpen ? row.createdAt : row.decidedAt) ?? row.createdAt), row.id]);
}

export const countOpen = (db: Knex, managerId: string): Promise<number> =>
  EInvoiceRequest.query(db).where({ manager_id: managerId, is_open: 1 }).resultSize();

/** @throws not_found */
export async function findOfficeRequest(db: Knex, managerId: string, id: string): Promise<OfficeRequestRow> {
  const [row] = await described(db, managerId).where('r.id', id);
  if (!row) throw new ApiError('not_found');
  return row;
}
