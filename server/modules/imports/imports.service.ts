import { rm } from 'node:fs/promises';
import type { Knex } from 'knex';
import { type Caller, whoOf } from '../../audit/who.ts';
import { newId } from '../../db/id.ts';
import { toInstant } from '../../db/time.ts';
import { isMysql } from '../../db/connect.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { staffManagers, type Actor, type Program } from '../../http/actor.ts';
import type { RequestInfo } from '../../http/route.ts';
import { BillingRun } from '../../models/billing-run.ts';
import { Import } from '../../models/import.ts';
import type { ImportState } from '../../../contract/imports.ts';
import type { Services } from '../../services.ts';
import { beginMailing } from '../notifications/slip-mailings.ts';
import { raiseBillingVersion } from './billing-version.ts';
import { FaultList } from './billing-file/faults.ts';
import { deleteDraft } from './delete-draft.ts';
import { mayDiscard, mayPublish } from './imports.policy.ts';
import { isTaken } from './staging/staged-import.ts';
import { importFile, receiveFile, type ReceivedFile } from './receive-file.ts';

/** A call as a route hands it over: who asks, with their roles, and from where. */
export type ActorsCall = Caller & { readonly actor: Actor };

/** @throws not_found: also for another manager's import */
export async function findImport(db: Knex, actor: Actor, id: string): Promise<Import> {
  const row = await Import.query(db).whereIn('manager_id', staffManagers(actor, 'clerk')).findOne({ id });
  if (!row) throw new ApiError('not_found');
  return row;
}

/** @throws import_running */
export async function assertNoneRunning(db: Knex, managerId: string): Promise<void> {
  const running = Import.query(db).where({ manager_id: managerId }).whereIn('state', ['checking', 'writing']);
  if (await running.first()) throw new ApiError('import_running');
}

/** The draft or published import of the very same file, if all that it brought is still its own. */
async function findUnchanged(db: Knex, managerId: string, sha256: string): Promise<Import | undefined> {
  const earlier = await Import.query(db)
    .where({ manager_id: managerId, file_sha256: sha256 })
    .whereIn('state', ['draft', 'published', 'withdrawn'])
    .orderBy('created_at', 'desc');
  for (const candidate of earlier) {
    const { slips } = await db('billing_runs')
      .where({ manager_id: managerId, import_id: candidate.id })
      .sum('slips as slips')
      .first<{ slips: number | null }>();
    if (slips === candidate.newSlips + candidate.replacedSlips) return candidate;
  }
  return undefined;
}

/** Two imports of one manager are not worked on at once: the manager's row is the lock that they queue at. */
export async function lockManager(trx: Knex, managerId: string): Promise<void> {
  if (isMysql(trx)) await trx('managers').where({ id: managerId }).forUpdate().first('id');
}

interface NewImport {
  readonly id: string;
  readonly managerId: string;
  /** Empty when a program sent it. */
  readonly accountId: string;
  readonly program?: Program | undefined;
  readonly fileName: string;
  readonly file: ReceivedFile;
}

/** Writes the import down: to be checked, or settled already by what its bytes are. */
async function recordImport(trx: Knex, { id, managerId, accountId, program, fileName, file }: NewImport, now: string) {
  await lockManager(trx, managerId);
  await assertNoneRunning(trx, managerId);
  const faults = new FaultList();
  if (file.fault) faults.add(file.fault, null);
  const unchanged = file.fault ? undefined : await findUnchanged(trx, managerId, file.sha256);
  const state = file.fault ? 'refused' : unchanged ? 'unchanged' : 'checking';
  const begun = { phase: 'reading', finishedAt: null, bytesRead: 0, isStaged: true } as const;
  const settled = { phase: 'done', finishedAt: now, bytesRead: file.size, isStaged: false } as const;
  return Import.query(trx).insertAndFetch({
    ...{ managerId, id, fileName, state, createdBy: accountId || null, createdAt: now, heartbeatAt: now },
    ...{ fileSha256: file.sha256, size: file.size, rowsRead: 0 },
    ...(state === 'checking' ? begun : settled),
    ...{ faultCount: faults.count, faults: JSON.stringify(faults.shown), unknownColumns: '[]' },
    program: program?.name ?? null,
    ...{ unchangedOf: unchanged?.id ?? null, newPayers: 0, newSlips: 0, replacedSlips: 0 },
  });
}

/** The ids of its slips begin as its own does, and nobody else's may. */
async function newImportId(db: Knex, managerId: string): Promise<string> {
  const importId = newId();
  return (await isTaken(db, { managerId, importId })) ? newImportId(db, managerId) : importId;
}

/**
 * Takes the file of a request in and starts its check.
 * @throws import_running, body_too_large
 */
export async function createImport(
  services: Services,
  request: Pick<RequestInfo, 'address' | 'body' | 'length'>,
  who: Omit<NewImport, 'id' | 'file'>,
): Promise<Import> {
  const { audit, config, db, clock, importJobs } = services;
  await importJobs.sweep();
  await assertNoneRunning(db, who.managerId);
  if ((request.length ?? 0) > config.importMaxBytes) throw new ApiError('body_too_large');
  const id = await newImportId(db, who.managerId);
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
  const { encoding, size } = file;
  if (row.state === 'checking') {
    const work = { kind: 'check', now: toInstant(clock()), file: { path, encoding, size } } as const;
    importJobs.begin({ managerId: who.managerId, importId: id }, work);
  } else await rm(path, { force: true });
  return row;
}

/**
 * Stops a check, or throws away what was checked or a draft.
 * @throws not_found, import_state
 */
export async function discardImport(services: Services, call: ActorsCall, id: string): Promise<Import> {
  const { audit, db, clock, importJobs } = services;
  const { managerId, state } = await findImport(db, call.actor, id);
  if (!mayDiscard(state)) throw new ApiError('import_state');
  const now = toInstant(clock());
  const subject = { kind: 'import', id };
  const record = (trx: Knex.Transaction, was: ImportState) =>
    audit.record(trx, { action: 'import.discarded', managerId, ...whoOf(call), subject, details: { was } });
  const isStopped = await transaction(db, async (trx) => {
    const stopped = await Import.query(trx)
      .where({ manager_id: managerId, id })
      .whereIn('state', ['checking', 'checked'])
      .patch({ state: 'discarded', phase: 'done', finishedAt: now });
    if (stopped === 1) await record(trx, state);
    return stopped === 1;
  });
  if (isStopped) {
    importJobs.cancel(id);
    importJobs.begin({ managerId, importId: id }, { kind: 'clear' });
  } else {
    await transaction(db, async (trx) => {
      await deleteDraft(trx, managerId, id);
      await record(trx, state);
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
      .where({ manager_id: managerId, id })
      .whereIn('state', ['draft', 'withdrawn'])
      .patch({ state: 'published' });
    if (published !== 1) throw new ApiError('import_state');
    await raiseBillingVersion(trx, managerId);
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
