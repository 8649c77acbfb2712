import { once } from 'node:events';
import { finished, PassThrough, pipeline, type Readable } from 'node:stream';
import type { Knex } from 'knex';
import type { PrintRun as ContractPrintRun } from '../../../contract/print-runs.ts';
import type { Audit } from '../../audit/audit.ts';
import { clockSlack, later, minutes, toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import type { Logger } from '../../logger.ts';

const beatMs = 1_000;
/** A print run whose heart has not beaten for so long has died with its process. */
const staleMs = 30_000;
/** When nobody has taken a page for so long there is nobody who waits for them. */
const stalledMs = 5 * minutes;
/** All of them share the rendering threads: more at once would only make each slower. */
const mostAtOnce = 4;
const retryAfter = 60;

export interface PrintJobDeps {
  readonly audit: Audit;
  readonly clock: () => Date;
  readonly db: Knex;
  readonly logger: Logger;
}

export interface PrintJob {
  readonly managerId: string;
  readonly printRunId: string;
}

/** What the making of pages works with. */
export interface PrintProgress {
  /** Aborted when nobody takes the pages any more. */
  readonly signal: AbortSignal;
  /** A slip has gone out. */
  readonly onSlip: () => void;
}

interface Running {
  readonly job: PrintJob;
  readonly controller: AbortController;
  /** Resolves when it is written down how it ended. */
  readonly ended: PromiseWithResolvers<void>;
  slipsDone: number;
  lastSlipAt: number;
}

type EndState = Exclude<ContractPrintRun['state'], 'running'>;

/** The receiver hung up; everything else that ends a print run early is our trouble. */
const stateAfter = (error: NodeJS.ErrnoException | null | undefined): EndState => {
  if (!error) return 'done';
  return error.code === 'ERR_STREAM_PREMATURE_CLOSE' ? 'cancelled' : 'failed';
};

/**
 * What is made, on a way that ends the moment that its taker goes or the signal says so: what makes it comes to its own
 * end only after the pages that it waits for.
 */
function passedOn(made: Readable, signal: AbortSignal): Readable {
  const body = new PassThrough();
  const breakOff = (): void => void body.destroy(signal.reason as Error);
  if (signal.aborted) breakOff();
  else signal.addEventListener('abort', breakOff);
  // How it ends, the body tells.
  pipeline(made, body, () => undefined);
  return body;
}

/**
 * The print runs whose pages this process is sending. Other processes see of them what is in the database: state,
 * progress, and a heartbeat, without which a print run counts as dead.
 */
export class PrintJobs {
  readonly #deps: PrintJobDeps;
  readonly #running = new Map<string, Running>();
  #sweeper: NodeJS.Timeout | undefined;

  constructor(deps: PrintJobDeps) {
    this.#deps = deps;
  }

  /** Clears up after processes that died, now and from time to time. */
  start(): void {
    const sweep = (): void => {
      this.sweep().catch((error: unknown) => {
        this.#deps.logger.error({ err: error }, 'print runs of dead processes could not be cleared up');
      });
    };
    sweep();
    this.#sweeper = setInterval(sweep, staleMs);
    this.#sweeper.unref();
  }

  /** Breaks off what is being sent: those files are not whole, and their receivers see it. */
  async stop(): Promise<void> {
    clearInterval(this.#sweeper);
    const running = [...this.#running.values()];
    for (const { controller } of running) controller.abort(new Error('the server is being stopped'));
    await Promise.all(running.map(({ ended }) => ended.promise));
  }

  /** @throws rate_limited when this process is at as many as it takes */
  assertRoom(): void {
    if (this.#running.size >= mostAtOnce) throw new ApiError('rate_limited', { retryAfter });
  }

  /**
   * Sends what is made, and writes down how far it is and how it ends. The print run is in the database as `running`.
   * @throws what fails before there is anything to send: it can still be answered
   */
  async send(job: PrintJob, make: (progress: PrintProgress) => Promise<Readable>): Promise<Readable> {
    const controller = new AbortController();
    const ended = Promise.withResolvers<void>();
    const running: Running = { job, controller, ended, slipsDone: 0, lastSlipAt: performance.now() };
    this.#running.set(job.printRunId, running);
    const beat = this.#startBeating(running);
    const end = (error?: NodeJS.ErrnoException | null): void => {
      clearInterval(beat);
      if (!controller.signal.aborted) controller.abort(error ?? new Error('sent'));
      void this.#settle(running, stateAfter(error)).finally(() => {
        this.#running.delete(job.printRunId);
        ended.resolve();
      });
    };
    const onSlip = (): void => {
      running.slipsDone += 1;
      running.lastSlipAt = performance.now();
    };
    let made: Readable;
    try {
      made = await make({ signal: controller.signal, onSlip });
    } catch (error) {
      end(error as Error);
      throw error;
    }
    const body = passedOn(made, controller.signal);
    finished(body, end);
    await once(body, 'readable');
    return body;
  }

  /** Resolves when it is written down how the print run, if this process has it, ended. */
  async ended(printRunId: string): Promise<void> {
    await this.#running.get(printRunId)?.ended.promise;
  }

  /**
   * Resolves when it is written down how those ended that are over already: whoever has all of a file may ask for the
   * next one before that.
   */
  async settled(): Promise<void> {
    const over = [...this.#running.values()].filter(({ controller }) => controller.signal.aborted);
    await Promise.all(over.map(({ ended }) => ended.promise));
  }

  /** A print run that lived in the future comes from before the clock was set back: one that lives beats soon again. */
  async sweep(): Promise<void> {
    const { db, clock } = this.#deps;
    const now = clock();
    await db('print_runs')
      .where({ is_running: 1 })
      .where((either) => {
        void either
          .where('heartbeat_at', '<', toInstant(later(now, -staleMs)))
          .orWhere('heartbeat_at', '>', toInstant(later(now, clockSlack)));
      })
      .whereNotIn('id', [...this.#running.keys()])
      .update({ state: 'failed', is_running: null, finished_at: toInstant(now) });
  }

  #startBeating(running: Running): NodeJS.Timeout {
    let isBeating = false;
    return setInterval(() => {
      if (performance.now() - running.lastSlipAt > stalledMs) running.controller.abort(new Error('nobody takes it'));
      if (isBeating) return;
      isBeating = true;
      this.#beat(running)
        .catch((error: unknown) => {
          this.#deps.logger.error({ printRunId: running.job.printRunId, err: error }, 'no heartbeat');
        })
        .finally(() => (isBeating = false));
    }, beatMs);
  }

  /** Writes down how far it is. What has been taken for dead meanwhile is not gone on with. */
  async #beat({ job, controller, slipsDone }: Running): Promise<void> {
    const { db, clock } = this.#deps;
    const changed = await db('print_runs')
      .where({ manager_id: job.managerId, id: job.printRunId, is_running: 1 })
      .update({ heartbeat_at: toInstant(clock()), slips_done: slipsDone });
    if (changed !== 1) controller.abort(new Error('taken for dead'));
  }

  async #settle({ job: { managerId, printRunId }, slipsDone }: Running, state: EndState): Promise<void> {
    const { audit, db, clock, logger } = this.#deps;
    try {
      await transaction(db, async (trx) => {
        const changed = await trx('print_runs')
          .where({ manager_id: managerId, id: printRunId, is_running: 1 })
          .update({ state, is_running: null, slips_done: slipsDone, finished_at: toInstant(clock()) });
        if (changed !== 1) return;
        await audit.record(trx, {
          ...{ action: 'print_run.ended', managerId, subject: { kind: 'print_run', id: printRunId } },
          details: { state, slips: slipsDone },
        });
      });
    } catch (error) {
      logger.error({ printRunId, err: error }, 'print run not ended');
    }
  }
}
