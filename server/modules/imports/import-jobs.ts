import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMysql } from '../../db/connect.ts';
import { clockSlack, later, minutes, toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { FaultList } from './billing-file/faults.ts';
import { importFile, importsFolder } from './receive-file.ts';
import { type ImportJob, type JobDeps, type JobProgress, JobStopped, runImport } from './run-import.ts';
import { clearStaging, endedButStaged, type StagedImport } from './staging/staged-import.ts';

const beatMs = 1_000;
/** A check whose heart has not beaten for so long has died with its process. */
export const staleMs = 30_000;
/** A file that nobody has written to for so long was being received when its process died. */
const orphanedMs = 12 * 60 * minutes;

interface Running {
  readonly job: ImportJob;
  readonly controller: AbortController;
  readonly progress: JobProgress;
  readonly ended: Promise<void>;
}

/**
 * The checks that this process is at. Other processes see of them what is in the database: state, progress, and a
 * heartbeat, without which a check counts as dead.
 */
export class ImportJobs {
  readonly #deps: JobDeps & { readonly dataDir: string };
  readonly #running = new Map<string, Running>();
  #sweeper: NodeJS.Timeout | undefined;

  constructor(deps: JobDeps & { readonly dataDir: string }) {
    this.#deps = deps;
  }

  /** Clears up after processes that died, now and from time to time. */
  start(): void {
    void this.#sweepQuietly();
    this.#sweeper = setInterval(() => void this.#sweepQuietly(), staleMs);
    this.#sweeper.unref();
  }

  /** Works on a file that lies at `job.path`; its import is in the database as `checking`. */
  begin(job: ImportJob): void {
    const controller = new AbortController();
    const progress: JobProgress = { phase: 'reading', rows: 0, bytes: 0 };
    const beat = this.#startBeating(job, controller, progress);
    const ended = runImport(this.#deps, job, controller.signal, progress)
      .catch((error: unknown) => this.#deps.logger.error({ importId: job.importId, err: error }, 'import not ended'))
      .finally(() => {
        clearInterval(beat);
        this.#running.delete(job.importId);
      });
    this.#running.set(job.importId, { job, controller, progress, ended });
  }

  /** Tells a job of this process at once that it was cancelled; one of another process finds out at its next beat. */
  cancel(importId: string): void {
    this.#running.get(importId)?.controller.abort(new JobStopped('cancelled'));
  }

  /** Resolves when the job, if this process has it, has come to its end. */
  async ended(importId: string): Promise<void> {
    await this.#running.get(importId)?.ended;
  }

  /** Stops all work: files that were not done have to be sent again, and their imports say so. */
  async stop(): Promise<void> {
    clearInterval(this.#sweeper);
    const running = [...this.#running.values()];
    for (const { controller } of running) controller.abort(new JobStopped('interrupted'));
    await Promise.all(running.map(({ ended }) => ended));
  }

  /**
   * Marks the checks of dead processes as failed, and takes what is left of ended ones out of the staging tables. A
   * check that lived in the future comes from before the clock was set back: one that lives has another heartbeat soon.
   */
  async sweep(): Promise<void> {
    const { db, clock } = this.#deps;
    const now = clock();
    const faults = new FaultList();
    faults.add('interrupted', null);
    const patch = {
      ...{ state: 'failed', phase: 'done', finished_at: toInstant(now) },
      ...{ fault_count: faults.count, faults: JSON.stringify(faults.shown) },
    };
    const dead = await transaction(db, async (trx) => {
      // A check that is writing holds its row and cannot change the heartbeat in it: what is locked lives.
      const query = trx('imports')
        .where({ state: 'checking' })
        .where((either) => {
          void either
            .where('heartbeat_at', '<', toInstant(later(now, -staleMs)))
            .orWhere('heartbeat_at', '>', toInstant(later(now, clockSlack)));
        })
        .whereNotIn('id', [...this.#running.keys()]);
      if (isMysql(trx)) void query.forUpdate().skipLocked();
      const found: StagedImport[] = await query.select('manager_id as managerId', 'id as importId');
      for (const { managerId, importId } of found) {
        await trx('imports').where({ manager_id: managerId, id: importId }).update(patch);
      }
      return found;
    });
    for (const { importId } of dead) await rm(importFile(this.#deps.dataDir, importId), { force: true });
    for (const staged of await endedButStaged(db)) {
      if (!this.#running.has(staged.importId)) await clearStaging(db, staged);
    }
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
    const folder = importsFolder(this.#deps.dataDir);
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      const file = join(folder, name);
      const isOld = (await stat(file)).mtimeMs < this.#deps.clock().getTime() - orphanedMs;
      if (isOld && !this.#running.has(name.replace(/\.csv$/, ''))) await rm(file, { force: true });
    }
  }

  #startBeating(job: ImportJob, controller: AbortController, progress: JobProgress): NodeJS.Timeout {
    let isBeating = false;
    return setInterval(() => {
      // The transaction that writes the file holds the import's row; until it ends there is no beating.
      if (isBeating || progress.phase === 'writing') return;
      isBeating = true;
      beat(this.#deps, job, progress)
        .then((isWanted) => isWanted || controller.abort(new JobStopped('cancelled')))
        .catch((error: unknown) => this.#deps.logger.error({ importId: job.importId, err: error }, 'no heartbeat'))
        .finally(() => (isBeating = false));
    }, beatMs);
  }
}

/** Writes down how far the job is. False when it has been ended from outside: cancelled, or taken for dead. */
async function beat({ db, clock }: JobDeps, job: ImportJob, progress: JobProgress): Promise<boolean> {
  const { managerId: manager_id, importId: id } = job;
  const changed = await db('imports')
    .where({ manager_id, id, state: 'checking' })
    .update({
      heartbeat_at: toInstant(clock()),
      phase: progress.phase,
      rows_read: progress.rows,
      bytes_read: progress.bytes,
    });
  return changed === 1;
}
