import type { Knex } from 'knex';
import { exportAudit, listAudit } from '../../../contract/audit.ts';
import { whoOf } from '../../audit/who.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { staffManager } from '../../http/actor.ts';
import { ApiError } from '../../http/api-error.ts';
import { route, type Route } from '../../http/route.ts';
import { stream } from '../../http/streamed.ts';
import { Payer } from '../../models/payer.ts';
import type { Services } from '../../services.ts';
import { auditFile } from './audit-export.ts';
import { namesFor } from './audit-names.ts';
import { presentEntry } from './audit.presenter.ts';
import { pageOfEntries } from './audit.queries.ts';

/** What was asked for goes into the log: nothing that is another manager's. @throws not_found */
async function assertPayer(db: Knex, managerId: string, payerId: string): Promise<void> {
  const payer = await Payer.query(db).findById([managerId, payerId]).select('id');
  if (!payer) throw new ApiError('not_found');
}

export const auditRoutes = ({ audit, clock, db }: Services): Route[] => [
  route(listAudit, async ({ query, actor }) => {
    const managerId = staffManager(actor, query.managerId, 'admin');
    const { items, nextCursor } = await pageOfEntries(db, managerId, query);
    const names = await namesFor(db, managerId, items);
    return { items: items.map((row) => presentEntry(row, names)), nextCursor };
  }),
  route(exportAudit, async (call) => {
    const { managerId: named, ...filter } = call.query;
    const managerId = staffManager(call.actor, named, 'admin');
    if (filter.payerId !== undefined) await assertPayer(db, managerId, filter.payerId);
    const asked = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const details = Object.fromEntries(asked);
    await transaction(db, (trx) => audit.record(trx, { action: 'audit.exported', managerId, ...whoOf(call), details }));
    const day = toInstant(clock()).slice(0, 10);
    return stream('text/csv', auditFile(db, managerId, filter), { fileName: `dnevnik-${day}.csv` });
  }),
];
