import { constants, setPriority } from 'node:os';
import { connect } from '../../../db/connect.ts';
import { clearParts, clearStaging } from '../staging/staged-import.ts';
import { undoWriting } from '../staging/undo-writing.ts';
import { PublishedMeanwhile, writeImport } from '../staging/write-import.ts';
import { check, type JobContext, recheck } from './check.ts';
import { JobBoard, Stopped } from './job-board.ts';
import type { ImportOutcome, ImportTask, ImportWork } from './task.ts';
import { borrowTurns, prepareForBulk } from './turns.ts';

// Linux knows the priority of a single thread: where processors are short, the event loop goes before the imports.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

async function run(context: JobContext, work: ImportWork): Promise<ImportOutcome> {
  const { db, turn, staged } = context;
  switch (work.kind) {
    case 'check':
      return { kind: 'checked', ...(await check(context, work.file, work.now)) };
    case 'recheck':
      return { kind: 'checked', ...(await recheck(context, work.now)) };
    case 'write':
      await writeImport(context, work.now);
      return { kind: 'written' };
    case 'undo':
      await undoWriting(db, turn, staged);
      return { kind: 'done' };
    case 'clear':
      if (work.parts) await clearParts(db, turn, staged);
      await clearStaging(db, turn, staged);
      return { kind: 'done' };
  }
}

/** Runs in a worker thread, with a connection of its own: the event loop is kept free for requests. */
export default async function work(task: ImportTask): Promise<ImportOutcome> {
  const db = connect(task.databaseUrl);
  try {
    await prepareForBulk(db);
    const turn = borrowTurns(db, task.port);
    return await run({ db, turn, staged: task.staged, board: new JobBoard(task.board) }, task.work);
  } catch (error) {
    if (error instanceof Stopped || error instanceof PublishedMeanwhile) return { kind: 'stopped' };
    throw error;
  } finally {
    await db.destroy();
    task.port.close();
  }
}
