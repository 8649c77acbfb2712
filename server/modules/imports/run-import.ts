import { rm } from 'node:fs/promises';
import type { Knex } from 'knex';
import type { ImportState } from '../../../contract/imports.ts';
import { toInstant } from '../../db/time.ts';
import type { Logger } from '../../logger.ts';
import { FaultList, type Rule } from './billing-file/faults.ts';
import type { StagedImport } from './staging/staged-import.ts';
import type { ImportThreads } from './thread/import-threads.ts';
import { JobBoard } from './thread/job-board.ts';
import type { Checked, ImportWork } from './thread/task.ts';

export interface JobDeps {
  readonly db: Knex;
  readonly clock: () => Date;
  readonly logger: Logger;
  readonly threads: ImportThreads;
}

export interface ImportJob {
  readonly staged: StagedImport;
  readonly work: ImportWork;
  readonly board: JobBoard;
}

/** The state that an import is in while it is worked on; others may end it meanwhile. */
export const stateDuring = ({ kind }: ImportWork): ImportState | undefined => {
  if (kind === 'check' || kind === 'recheck') return 'checking';
  return kind === 'clear' ? undefined : 'writing';
};

/** Of these the slips are there, and with them the parts that were written when they were checked. */
const withSlips: ReadonlySet<string> = new Set<ImportState>(['draft', 'published', 'withdrawn', 'replaced']);
/** Nothing is cleared of these. */
const staying: ReadonlySet<string> = new Set<ImportState>(['checking', 'checked', 'writing']);

/** An import's job in its thread, from its beginning to what is written down of its end. */
class ImportRun {
  readonly #deps: JobDeps;
  readonly #job: ImportJob;

  constructor(deps: JobDeps, job: ImportJob) {
    this.#deps = deps;
    this.#job = job;
  }

  async run(): Promise<void> {
    const { staged, work, board } = this.#job;
    try {
      const outcome = await this.#deps.threads.run(staged, work, board);
      if (outcome.kind === 'checked') await this.#settleChecked(outcome);
      else if (outcome.kind === 'stopped') await this.#fallBack('interrupted');
      else if (work.kind === 'undo') await this.#settle({ state: 'checked', phase: 'done' });
    } catch (error) {
      this.#deps.logger.error({ importId: staged.importId, work: work.kind, err: error }, 'import failed');
      await this.#fallBack('internal');
    }
  }

  /** Writes down how the work ended, unless somebody else has ended it before. */
  async #settle(patch: Record<string, unknown>): Promise<void> {
    const { staged, work } = this.#job;
    const state = stateDuring(work);
    if (!state) return;
    await this.#deps
      .db('imports')
      .where({ manager_id: staged.managerId, id: staged.importId, state })
      .update({ finished_at: toInstant(this.#deps.clock()), ...patch });
  }

  async #settleChecked({ faultCount, faults, columns, preview, version }: Checked): Promise<void> {
    const { board } = this.#job;
    await this.#settle({
      ...{ state: faultCount > 0 ? 'refused' : 'checked', phase: 'done' },
      ...{ fault_count: faultCount, faults: JSON.stringify(faults) },
      ...(columns
        ? { unknown_columns: JSON.stringify(columns.unknown), known_columns: JSON.stringify(columns.known) }
        : {}),
      ...(columns ? { rows_read: board.rows, bytes_read: board.bytes } : {}),
      ...{ preview: preview === undefined ? null : JSON.stringify(preview), preview_version: version },
    });
  }

  /** What was checked once is still checked; anything else has failed. */
  async #fallBack(rule: Rule): Promise<void> {
    const { board, work } = this.#job;
    const faults = new FaultList();
    if (work.kind === 'check' || rule === 'internal') faults.add(rule, null);
    await this.#settle({
      ...{ state: work.kind === 'check' ? 'failed' : 'checked', phase: 'done' },
      ...{ fault_count: faults.count, faults: JSON.stringify(faults.shown) },
      ...(work.kind === 'check' ? { rows_read: board.rows, bytes_read: board.bytes } : {}),
    });
  }
}

/** Takes away what an import that has come to its end has left in the staging tables, and slips' parts without slips. */
async function clearEnded({ db, threads }: JobDeps, staged: StagedImport): Promise<void> {
  const ours = { manager_id: staged.managerId, id: staged.importId };
  const row = await db('imports').where(ours).first<{ state: ImportState } | undefined>('state');
  if (!row || staying.has(row.state)) return;
  await threads.run(staged, { kind: 'clear', parts: !withSlips.has(row.state) }, new JobBoard());
  await db('imports').where(ours).update({ is_staged: false });
}

/** Runs a job to its end, whatever that is, and tidies up after it. */
export async function runImport(deps: JobDeps, job: ImportJob): Promise<void> {
  try {
    if (job.work.kind !== 'clear') await new ImportRun(deps, job).run();
  } finally {
    if (job.work.kind === 'check') await rm(job.work.file.path, { force: true });
    await clearEnded(deps, job.staged);
  }
}
