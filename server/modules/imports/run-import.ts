import { rm } from 'node:fs/promises';
import type { Knex } from 'knex';
import type { Import as ContractImport } from '../../../contract/imports.ts';
import { isMysql } from '../../db/connect.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import type { Logger } from '../../logger.ts';
import { Manager } from '../../models/manager.ts';
import type { Encoding } from './billing-file/encoding.ts';
import { FaultList, type Rule } from './billing-file/faults.ts';
import { type ReadFile, readFile } from './read-file.ts';
import { SlipDefaultsFinder } from './slip-defaults.ts';
import { checkAcrossRows, checkPublished } from './staging/cross-checks.ts';
import { clearStaging, type StagedImport } from './staging/staged-import.ts';
import { lockRunsToReplace, writeImport } from './staging/write-import.ts';

export interface ImportJob extends StagedImport {
  readonly path: string;
  readonly encoding: Encoding;
  /** Bytes of the whole file. */
  readonly size: number;
}

export interface JobDeps {
  readonly db: Knex;
  readonly clock: () => Date;
  readonly logger: Logger;
}

/** How far a job is; written to the database by whoever keeps the job's heart beating. */
export interface JobProgress {
  phase: ContractImport['progress']['phase'];
  rows: number;
  bytes: number;
}

/** Why a job gives up: somebody cancelled it, or the server is being stopped. */
export class JobStopped extends Error {
  readonly reason: 'cancelled' | 'interrupted';
  constructor(reason: 'cancelled' | 'interrupted') {
    super(reason);
    this.reason = reason;
  }
}

/** The file breaks rules: nothing of it is written. */
class Refused extends Error {}

/** Writes down how the check goes on or ends, unless somebody else has ended it before: false then. */
async function settle(db: Knex, { managerId, importId }: StagedImport, patch: Record<string, unknown>) {
  const row = { manager_id: managerId, id: importId, state: 'checking' };
  return (await db('imports').where(row).update(patch)) === 1;
}

const faultColumns = (faults: FaultList) => ({
  fault_count: faults.count,
  faults: JSON.stringify(faults.sorted()),
});

/** One billing file from the disk to a draft: read, check, write; or to a list of faults, and then nothing is written. */
class ImportRun {
  readonly #deps: JobDeps;
  readonly #job: ImportJob;
  readonly #signal: AbortSignal;
  readonly #progress: JobProgress;
  readonly #faults = new FaultList();

  constructor(deps: JobDeps, job: ImportJob, signal: AbortSignal, progress: JobProgress) {
    this.#deps = deps;
    this.#job = job;
    this.#signal = signal;
    this.#progress = progress;
  }

  async run(): Promise<void> {
    try {
      await this.#work();
    } catch (error) {
      await this.#giveUp(error);
    }
  }

  async #work(): Promise<void> {
    const manager = await Manager.query(this.#deps.db).findById(this.#job.managerId).throwIfNotFound();
    const file = await this.#read(new SlipDefaultsFinder(manager));
    if (file.present.size > 0) {
      await this.#enter('checking');
      await checkAcrossRows(this.#deps.db, this.#job, this.#faults);
    }
    await settleColumns(this.#deps.db, this.#job, file.unknownColumns);
    if (this.#faults.count > 0) throw new Refused();
    await this.#enter('writing');
    await this.#write(manager, file);
  }

  #read(defaults: SlipDefaultsFinder): Promise<ReadFile> {
    return readFile({
      db: this.#deps.db,
      staged: this.#job,
      path: this.#job.path,
      encoding: this.#job.encoding,
      size: this.#job.size,
      defaults,
      faults: this.#faults,
      progress: (rows, bytes) => {
        Object.assign(this.#progress, { rows, bytes });
        this.#signal.throwIfAborted();
      },
    });
  }

  async #enter(phase: JobProgress['phase']): Promise<void> {
    this.#progress.phase = phase;
    if (!(await settle(this.#deps.db, this.#job, { phase }))) throw new JobStopped('cancelled');
    this.#signal.throwIfAborted();
  }

  /** All or nothing. What was published since the check is found again, with the runs in question locked. */
  async #write(manager: Manager, { present }: ReadFile): Promise<void> {
    const now = toInstant(this.#deps.clock());
    await transaction(this.#deps.db, async (trx) => {
      // Holds the import's row from the first statement on: a locked row is how other processes see that we live.
      if (!(await settle(trx, this.#job, { heartbeat_at: now }))) throw new JobStopped('cancelled');
      const replacedRuns = await lockRunsToReplace(trx, this.#job);
      if (isMysql(trx)) await checkPublished(trx, this.#job, this.#faults);
      if (this.#faults.count > 0) throw new Refused();
      const written = await writeImport(trx, this.#job, {
        now,
        purposeCode: manager.purposeCode,
        present,
        replacedRuns,
        checkpoint: () => this.#signal.throwIfAborted(),
      });
      await settle(trx, this.#job, {
        state: 'draft',
        phase: 'done',
        finished_at: now,
        rows_read: this.#progress.rows,
        bytes_read: this.#progress.bytes,
        new_payers: written.newPayers,
        new_slips: written.newSlips,
        replaced_slips: written.replacedSlips,
      });
    });
  }

  async #giveUp(error: unknown): Promise<void> {
    const { db, clock, logger } = this.#deps;
    const reason: unknown = this.#signal.aborted ? this.#signal.reason : error;
    if (reason instanceof JobStopped && reason.reason === 'cancelled') return;
    const refused = reason instanceof Refused;
    if (!refused) this.#faults.add(failureRule(reason), null);
    if (!refused && !(reason instanceof JobStopped)) {
      logger.error({ importId: this.#job.importId, err: error }, 'import failed');
    }
    await settle(db, this.#job, {
      state: refused ? 'refused' : 'failed',
      phase: 'done',
      finished_at: toInstant(clock()),
      rows_read: this.#progress.rows,
      bytes_read: this.#progress.bytes,
      ...faultColumns(this.#faults),
    });
  }
}

const failureRule = (reason: unknown): Rule => (reason instanceof JobStopped ? 'interrupted' : 'internal');

async function settleColumns(db: Knex, { managerId, importId }: StagedImport, unknown: readonly string[]) {
  await db('imports')
    .where({ manager_id: managerId, id: importId })
    .update({ unknown_columns: JSON.stringify(unknown) });
}

/** Runs a job to its end, whatever that is, and tidies up after it. */
export async function runImport(
  deps: JobDeps,
  job: ImportJob,
  signal: AbortSignal,
  progress: JobProgress,
): Promise<void> {
  try {
    await new ImportRun(deps, job, signal, progress).run();
  } finally {
    await rm(job.path, { force: true });
    await clearStaging(deps.db, job);
  }
}
