import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { isMysql } from '../../db/connect.ts';
import { clockSlack, later, minutes, toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import type { Logger } from '../../logger.ts';
import { FaultList } from './billing-file/faults.ts';
import { importFile, importsFolder } from './receive-file.ts';
import { type ImportJob, type JobDeps, runImport, stateDuring } from './run-import.ts';
import type { StagedImport } from './staging/staged-import.ts';
import { ImportThreads } from './thread/import-threads.ts';
import { JobBoard } from './thread/job-board.ts';
import type { ImportWork } from './thread/task.ts';

const beatMs = 1_000;
/** A job whose heart has not beaten for so long has died with its process. */
export const staleMs = 30_000;
/** A file that nobody has written to for so long was being received when its process died. */
const orphanedMs = 12 * 60 * minutes;

interface Running {
  readonly job: ImportJob;
  readonly ended: Promise<void>;
}

interface Dead extends StagedImport {
  readonly state: 'checking' | 'writing';
  readonly preview: string | null;
}

export interface ImportJobsDeps {
  readonly db: Knex;
  readonly clock: () => Date;
  readonly logger: Logger;
  readonly dataDir: string;
  readonly databaseUrl: string;
}

/**
 * The imports that this process is at. Other processes see of them what is in the database: state, progress, and a
 * heartbeat, without which a job counts as dead.
 */
export class ImportJobs {
  readonly #deps: JobDeps;
  readonly #dataDir: string;
  readonly #running = new Map<string, Running>();
  #sweeper: NodeJS.Timeout | undefined;

  constructor({ db, clock, logger, dataDir, databaseUrl }: ImportJobsDeps) {
    this.#deps = { db, clock, logger, threads: new ImportThreads(db, databaseUrl) };
    this.#dataDir = dataDir;
  }

  /** Clears up after processes that died, now and from time to time. */
  start(): void {
    void this.#sweepQuietly();
    this.#sweeper = setInterval(() => void this.#sweepQuietly(), staleMs);
    this.#sweeper.unref();
  }

  /** Works on an import whose state in the database says so already. Work on the same one waits for its turn. */
  begin({ managerId, importId }: StagedImport, work: ImportWork): void {
    const job: ImportJob = { staged: { managerId, importId }, work, board: new JobBoard() };
    const before = this.#running.get(importId)?.ended ?? Promise.resolve();
    const beat = this.#startBeating(job);
    const running: Running = {
      job,
      ended: before
        .then(() => runImport(this.#deps, job))
        .catch((error: unknown) => this.#deps.logger.error({ importId, err: error }, 'import not ended'))
        .finally(() => {
          clearInterval(beat);
          if (this.#running.get(importId) === running) this.#running.delete(importId);
        }),
    };
    this.#running.set(importId, running);
  }

  /** Tells a job of this process at once that it was cancelled; one of another process finds out at its next beat. */
  cancel(importId: string): void {
    this.#running.get(importId)?.job.board.stop();
  }

  /** Resolves when the job, if this process has it, has come to its end. */
  async ended(importId: string): Promise<void> {
    await this.#running.get(importId)?.ended;
  }

  /** Stops all work: files that were not checked yet have to be sent again, and their imports say so. */
  async stop(): Promise<void> {
    clearInterval(this.#sweeper);
    const running = [...this.#running.values()];
    for (const { job } of running) job.board.stop();
    await Promise.all(running.map(({ ended }) => ended));
  }

  async close(): Promise<void> {
    await this.stop();
    await this.#deps.threads.close();
  }

  /**
   * Ends the jobs of dead processes: a check has failed, what was being written is undone and waits for its confirmation
   * again. Takes what is left of ended imports out of the staging tables. A job that lived in the future comes from
   * before the clock was set back: one that lives has another heartbeat soon.
   */
  async sweep(): Promise<void> {
    const { db } = this.#deps;
    const dead = await transaction(db, (trx) => this.#bury(trx));
    for (const { state, ...staged } of dead) {
      if (state === 'writing') this.begin(staged, { kind: 'undo' });
      else await rm(importFile(this.#dataDir, staged.importId), { force: true });
    }
    const left: StagedImport[] = await db('imports')
      .where({ is_staged: true })
      .whereNotIn('state', ['checking', 'checked', 'writing'])
      .select('manager_id as managerId', 'id as importId');
    for (const staged of left) if (!this.#running.has(staged.importId)) this.begin(staged, { kind: 'clear' });
  }

  async #bury(trx: Knex.Transaction): Promise<Dead[]> {
    const now = this.#deps.clock();
    const query = trx('imports')
      .whereIn('state', ['checking', 'writing'])
      .where((either) => {
        void either
          .where('heartbeat_at', '<', toInstant(later(now, -staleMs)))
          .orWhere('heartbeat_at', '>', toInstant(later(now, clockSlack)));
      })
      .whereNotIn('id', [...this.#running.keys()]);
    // Two processes must not undo the same one: the first has made its heart beat again.
    if (isMysql(trx)) void query.forUpdate().skipLocked();
    const found: Dead[] = await query.select('manager_id as managerId', 'id as importId', 'state', 'preview');
    const faults = new FaultList();
    faults.add('interrupted', null);
    for (const { managerId, importId, state, preview } of found) {
      const ended = { phase: 'done', finished_at: toInstant(now) };
      const failed = { state: 'failed', fault_count: faults.count, faults: JSON.stringify(faults.shown), ...ended };
      const counted = preview === null ? failed : { state: 'checked', ...ended };
      const patch = state === 'writing' ? { heartbeat_at: toInstant(now) } : counted;
      await trx('imports').where({ manager_id: managerId, id: importId }).update(patch);
    }
    return found;
  }

  async #sweepQuietly(): Promise<void> {
    try {
      await this.sweep();
      await this.#sweepFiles();
    } catch (error) {
      this.#deps.logger.error({ err: error }, 'imports of dead processes could not be cleared up');
    }
  }

  /** Each check deletes its own file; what nobody has written to for long belongs to none. */
  async #sweepFiles(): Promise<void> {
    const folder = importsFolder(this.#dataDir);
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      const file = join(folder, name);
      const isOld = (await stat(file)).mtimeMs < this.#deps.clock().getTime() - orphanedMs;
      if (isOld && !this.#running.has(name.replace(/\.csv$/, ''))) await rm(file, { force: true });
    }
  }

  #startBeating(job: ImportJob): NodeJS.Timeout {
    let isBeating = false;
    return setInterval(() => {
      if (isBeating) return;
      isBeating = true;
      beat(this.#deps, job)
        .then((isWanted) => isWanted || job.board.stop())
        .catch((error: unknown) => {
          this.#deps.logger.error({ importId: job.staged.importId, err: error }, 'no heartbeat');
        })
        .finally(() => (isBeating = false));
    }, beatMs);
  }
}

/** Writes down how far the job is. False when it has been ended from outside: cancelled, or taken for dead. */
async function beat({ db, clock }: JobDeps, { staged, work, board }: ImportJob): Promise<boolean> {
  const state = stateDuring(work);
  if (!state) return true;
  const progress = work.kind === 'check' ? { phase: board.phase, rows_read: board.rows, bytes_read: board.bytes } : {};
  const changed = await db('imports')
    .where({ manager_id: staged.managerId, id: staged.importId, state })
    .update({ heartbeat_at: toInstant(clock()), ...progress });
  return changed === 1;
}
