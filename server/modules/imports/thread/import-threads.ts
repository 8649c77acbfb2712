import { MessageChannel } from 'node:worker_threads';
import type { Knex } from 'knex';
import { Tinypool } from 'tinypool';
import type { StagedImport } from '../staging/staged-import.ts';
import type { JobBoard } from './job-board.ts';
import type { ImportOutcome, ImportTask, ImportWork } from './task.ts';
import { lendTurns } from './turns.ts';

/** Two at a time; others wait. Half of the heap is what the largest file needs (staging/kept.ts). */
const mostThreads = 2;
const megabytes = 320;

/** The threads in which files are read and written. */
export class ImportThreads {
  readonly #db: Knex;
  readonly #databaseUrl: string;
  readonly #pool = new Tinypool({
    filename: new URL('./worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: mostThreads,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 48 },
  });

  constructor(db: Knex, databaseUrl: string) {
    this.#db = db;
    this.#databaseUrl = databaseUrl;
  }

  /** Fails when the work does, or when its thread ran out of memory; then the thread is a new one next time. */
  async run(staged: StagedImport, work: ImportWork, board: JobBoard): Promise<ImportOutcome> {
    const { port1, port2 } = new MessageChannel();
    const endLending = lendTurns(this.#db, port1);
    const { managerId, importId } = staged;
    const databaseUrl = this.#databaseUrl;
    const task: ImportTask = { databaseUrl, staged: { managerId, importId }, work, board: board.buffer, port: port2 };
    try {
      return (await this.#pool.run(task, { transferList: [port2] })) as ImportOutcome;
    } finally {
      await endLending();
    }
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
