import type { Knex } from 'knex';
import { z } from 'zod';
import type { listPayerSlips } from '../../../contract/payers.ts';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import { idSchema } from '../../../contract/schemas/text.ts';
import { periodSchema } from '../../../contract/schemas/time.ts';
import { toIso } from '../../db/time.ts';
import { cutPage, decodeCursor } from '../../http/cursor.ts';
import type { BillingRun } from '../../models/billing-run.ts';
import { Slip } from '../../models/slip.ts';
import type { PayerKey } from './payer-account.queries.ts';

export interface PageQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export type PayerSlipRow = Pick<
  Slip,
  'id' | 'runId' | 'number' | 'period' | 'dueDate' | 'totalCents' | 'firstOpenedAt'
> &
  Pick<BillingRun, 'state'>;

const pageKey = z.tuple([periodSchema, idSchema]);

/** A page of a payer's slips, drafts too, the newest period first. */
export async function pageOfPayerSlips(db: Knex, { managerId, payerId }: PayerKey, { cursor, limit }: PageQuery) {
  const query = Slip.query(db)
    .alias('s')
    .join('billing_runs as r', (on) => on.on('r.manager_id', 's.manager_id').andOn('r.id', 's.run_id'))
    .where({ 's.manager_id': managerId, 's.payer_id': payerId })
    .whereIn('r.state', ['draft', 'published'])
    .orderBy('s.period', 'desc')
    .orderBy('s.id', 'desc')
    .select('s.id', 's.run_id', 's.number', 's.period', 's.due_date', 's.total_cents', 's.first_opened_at', 'r.state');
  if (cursor !== undefined) void query.whereRaw('(s.period, s.id) < (?, ?)', decodeCursor(cursor, pageKey));
  const rows = await query.limit(limit + 1).castTo<PayerSlipRow[]>();
  return cutPage(rows, limit, ({ period, id }) => [period, id]);
}

export const presentPayerSlip = ({
  firstOpenedAt,
  ...row
}: PayerSlipRow): ResponseOf<typeof listPayerSlips>['items'][number] => ({
  ...row,
  firstOpenedAt: firstOpenedAt === null ? null : toIso(firstOpenedAt),
});
