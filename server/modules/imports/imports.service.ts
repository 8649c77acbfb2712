import { rm } from 'node:fs/promises';
import type { Knex } from 'knex';
import { type Caller, whoOf } from '../../audit/who.ts';
import { newId } from '../../db/id.ts';
import { toInstant } from '../../db/time.ts';
import { isMysql } from '../../db/connect.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { staffManagers, type Actor } from '../../http/actor.ts';
import type { RequestInfo } from '../../http/route.ts';
import { BillingRun } from '../../models/billing-run.ts';
import { Import } from '../../models/import.ts';
import type { Services } from '../../services.ts';
import { beginMailing } from '../notifications/slip-mailings.ts';
import { FaultList } from './billing-file/faults.ts';
import { deleteDraft } from './delete-draft.ts';
import { mayDiscard, mayPublish } from './imports.policy.ts';
import { importFile, receiveFile, type ReceivedFile } from './receive-file.ts';

/** A call as a route hands it over: who asks, with their roles, and from where. */
type ActorsCall = Caller & { readonly actor: Actor };

/** @throws not_found: also for another manager's import */
export async function findImport(db: Knex, actor: Actor, id: string): Promise<Import> {
  const row = await Import.query(db).whereIn('manager_id', staffManagers(actor, 'clerk')).findOne({ id });
  if (!row) throw new ApiError('not_found');
  return row;
}

/** @throws import_running */
async function assertNoneRunning(db: Knex, managerId: string): Promise<void> {
  if (await Import.query(db).findOne({ manager_id: managerId, state: 'checking' }))
    throw new ApiError('import_running');
}

/** The draft or published import of the very same file, if all that it brought is still its own. */
async function findUnchanged(db: Knex, managerId: string, sha256: string): Promise<Import | undefined> {
  const earlier = await Import.query(db)
    .where({ manager_id: managerId, file_sha256: sha256 })
    .whereIn('state', ['draft', 'published'])
    .orderBy('created_at', 'desc');
  for (const candidate of earlier) {
    const [slips]: { count: number }[] = await db('slips as s')
      .join('billing_runs as r', { 'r.manager_id': 's.manager_id', 'r.id': 's.run_id' })
      .where({ 'r.manager_id': managerId, 'r.import_id': candidate.id })
      .count('* as count');
    if (slips?.count === candidate.newSlips + candidate.replacedSlips) return candidate;
  }
  return undefined;
}

/** Two files of one manager are not checked at once: the manager's row is the lock that new imports queue at. */
async function lockManager(trx: Knex, managerId: string): Promise<void> {
  if (isMysql(trx)) await trx('managers').where({ id: managerId }).forUpdate().first('id');
}

interface NewImport {
  readonly id: string;
  readonly managerId: string;
  readonly accountId: string;
  readonly fileName: string;
  readonly file: ReceivedFile;
}

/** Writes the import down: to be checked, or settled already by what its bytes are. */
async function recordImport(trx: Knex, { id, managerId, accountId, fileName, file }: NewImport, now: string) {
  await lockManager(trx, managerId);
  await assertNoneRunning(trx, managerId);
  const faults = new FaultList();
  if (file.fault) faults.add(file.fault, null);
  const unchanged = file.fault ? undefined : await findUnchanged(trx, managerId, file.sha256);
  const state = file.fault ? 'refused' : unchanged ? 'unchanged' : 'checking';
  const isSettled = state !== 'checking';
  return Import.query(trx).insertAndFetch({
    ...{ managerId, id, fileName, state, createdBy: accountId, createdAt: now, heartbeatAt: now },
    ...{ fileSha256: file.sha256, size: file.size, bytesRead: isSettled ? file.size : 0, rowsRead: 0 },
    ...{ phase: isSettled ? 'done' : 'reading', finishedAt: isSettled ? now : null },
    ...{ faultCount: faults.count, faults: JSON.stringify(faults.shown), unknownColumns: '[]' },
    ...{ unchangedOf: unchanged?.id ?? null, newPayers: 0, newSlips: 0, replacedSlips: 0 },
  });
}

/**
 * Takes the file of a request in and starts its check.
 * @throws import_running, body_too_large
 */
export async function createImport(
  services: Services,
  request: Pick<RequestInfo, 'address' | 'body' | 'length'>,
  who: { managerId: string; accountId: string; fileName: string },
): Promise<Import> {
  const { audit, config, db, clock, importJobs } = services;
  await importJobs.sweep();
  await assertNoneRunning(db, who.managerId);
  if ((request.length ?? 0) > config.importMaxBytes) throw new ApiError('body_too_large');
  const id = newId();
  const path = importFile(config.dataDir, id);
  const file = await receiveFile(request.body, path, config.importMaxBytes);
  let row: Import;
  try {
    row = await transaction(db, async (trx) => {
      const created = await recordImport(trx, { id, file, ...who }, toInstant(clock()));
      await audit.record(trx, {
        ...{ action: 'import.started', managerId: who.managerId, ...whoOf({ actor: who, request }) },
        ...{ subject: { kind: 'import', id }, details: { state: created.state, bytes: file.size } },
      });
      return created;
    });
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  if (row.state === 'checking')
    importJobs.begin({ ...who, importId: id, path, encoding: file.encoding, size: file.size });
  else await rm(path, { force: true });
  return row;
}

/**
 * Stops a check or throws a draft away.
 * @throws not_found, import_state
 */
export async function discardImport(services: Services, call: ActorsCall, id: string): Promise<Import> {
  const { audit, db, clock, importJobs } = services;
  const { managerId, state } = await findImport(db, call.actor, id);
  if (!mayDiscard(state)) throw new ApiError('import_state');
  const now = toInstant(clock());
  // First of all, since a check that is writing holds the import's row.
  importJobs.cancel(id);
  const subject = { kind: 'import', id };
  const record = (trx: Knex.Transaction, was: 'checking' | 'draft') =>
    audit.record(trx, { action: 'import.discarded', managerId, ...whoOf(call), subject, details: { was } });
  const isStopped = await transaction(db, async (trx) => {
    const stopped = await Import.query(trx)
      .where({ manager_id: managerId, id, state: 'checking' })
      .patch({ state: 'discarded', phase: 'done', finishedAt: now });
    if (stopped === 1) await record(trx, 'checking');
    return stopped === 1;
  });
  // The check may have become a draft since we looked: then that is what is thrown away.
  if (!isStopped) {
    await transaction(db, async (trx) => {
      await deleteDraft(trx, managerId, id);
      await record(trx, 'draft');
    });
  }
  return findImport(db, call.actor, id);
}

/**
 * Shows the drafted runs to the residents, all at once.
 * @throws not_found, import_state
 */
export async function publishImport(services: Services, call: ActorsCall, id: string): Promise<Import> {
  const { audit, db, clock } = services;
  const { managerId, state } = await findImport(db, call.actor, id);
  if (!mayPublish(state)) throw new ApiError('import_state');
  const publishedAt = toInstant(clock());
  await transaction(db, async (trx) => {
    // The runs first, the import after them: the order in which a later file that takes slips over locks them too.
    await BillingRun.query(trx)
      .where({ manager_id: managerId, import_id: id, state: 'draft' })
      .patch({ state: 'published', publishedAt, publishedBy: call.actor.accountId });
    const published = await Import.query(trx)
      .where({ manager_id: managerId, id, state: 'draft' })
      .patch({ state: 'published' });
    if (published !== 1) throw new ApiError('import_state');
    await beginMailing(trx, { managerId, importId: id, publishedAt });
    for (const run of await BillingRun.query(trx).where({ manager_id: managerId, import_id: id }).orderBy('period')) {
      await audit.record(trx, {
        ...{ action: 'run.published', managerId, ...whoOf(call) },
        ...{ subject: { kind: 'run', id: run.id }, details: { period: run.period, importId: id } },
      });
    }
  });
  return findImport(db, call.actor, id);
}
