import type { Knex } from 'knex';
import type { ResponseOf } from '../../../contract/endpoint.ts';
import type { previewWithdrawal as previewOperation } from '../../../contract/imports.ts';
import { whoOf } from '../../audit/who.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import type { Actor } from '../../http/actor.ts';
import { ApiError } from '../../http/api-error.ts';
import { BillingRun } from '../../models/billing-run.ts';
import { Import } from '../../models/import.ts';
import { Slip } from '../../models/slip.ts';
import type { Services } from '../../services.ts';
import { countTriedMails, leftMails, takeBackMails } from '../notifications/take-back.ts';
import { raiseBillingVersion } from './billing-version.ts';
import { mayWithdraw } from './imports.policy.ts';
import { type ActorsCall, findImport } from './imports.service.ts';

interface Published {
  readonly managerId: string;
  readonly importId: string;
  readonly runIds: readonly string[];
}

/** Slips that residents have opened, or that have left as the PDF of a mail or may be leaving now. */
const countOpened = (db: Knex, { managerId, importId, runIds }: Published, now: Date): Promise<number> =>
  Slip.query(db)
    .where({ manager_id: managerId })
    .whereIn('run_id', [...runIds])
    .where((either) => {
      void either
        .whereNotNull('first_opened_at')
        .orWhereNotNull('mailed_at')
        .orWhereIn('id', leftMails(db, managerId, importId, now).select('slip_id'));
    })
    .resultSize();

/** @throws not_found, import_state */
export async function previewWithdrawal(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  id: string,
): Promise<ResponseOf<typeof previewOperation>> {
  const { managerId, state } = await findImport(db, actor, id);
  if (!mayWithdraw(state)) throw new ApiError('import_state');
  const runs = await BillingRun.query(db).where({ manager_id: managerId, import_id: id }).select('id');
  const runIds = runs.map((run) => run.id);
  const sum = async (table: string, column: string): Promise<number> => {
    const ofRuns = db(table).where('manager_id', managerId).whereIn('run_id', runIds);
    const { total } = await ofRuns.first<{ total: number }>(db.raw('coalesce(sum(??), 0) as total', [column]));
    return Number(total);
  };
  return {
    opened: await countOpened(db, { managerId, importId: id, runIds }, clock()),
    triedMails: await countTriedMails(db, managerId, id, clock()),
    printed: await sum('print_runs', 'slips_done'),
    exported: await sum('run_exports', 'slips'),
  };
}

/**
 * Takes the published runs of an import back to drafts, while nobody has opened one of their slips. Who opens one
 * waits for the lock of the run, and finds it a draft; who was faster is counted here.
 * @throws not_found, import_state, run_opened
 */
export async function withdrawImport(
  services: Services,
  call: ActorsCall,
  id: string,
  reason: string,
): Promise<Import> {
  const { audit, db, clock } = services;
  const { managerId, state } = await findImport(db, call.actor, id);
  if (!mayWithdraw(state)) throw new ApiError('import_state');
  const now = clock();
  const { accountId } = call.actor;
  await transaction(db, async (trx) => {
    // The runs first, the import after them, as publishing does.
    const runs = await BillingRun.query(trx)
      .where({ manager_id: managerId, import_id: id, state: 'published' })
      .forUpdate();
    const withdrawn = await Import.query(trx)
      .where({ manager_id: managerId, id, state: 'published' })
      .patch({
        ...{ state: 'withdrawn', withdrawnAt: toInstant(now), withdrawnBy: accountId, withdrawalReason: reason },
      });
    if (withdrawn !== 1) throw new ApiError('import_state');
    const mails = await takeBackMails(trx, { managerId, importId: id }, now);
    const runIds = runs.map((run) => run.id);
    const opened = await countOpened(trx, { managerId, importId: id, runIds }, now);
    if (opened > 0) throw new ApiError('run_opened', { opened });
    await BillingRun.query(trx)
      .where({ manager_id: managerId })
      .whereIn('id', runIds)
      .patch({ state: 'draft', publishedAt: null, publishedBy: null });
    await raiseBillingVersion(trx, managerId);
    await audit.record(trx, {
      ...{ action: 'import.withdrawn', managerId, ...whoOf(call), subject: { kind: 'import', id } },
      details: { runs: runIds.length, mails },
    });
  });
  return findImport(db, call.actor, id);
}
