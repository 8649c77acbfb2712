import type { Knex } from 'knex';
import { fromInstant } from '../../../db/time.ts';
import { Import } from '../../../models/import.ts';
import { Manager } from '../../../models/manager.ts';
import { FaultList } from '../billing-file/faults.ts';
import { keepFaultyRows } from '../faulty-rows/faulty-rows.ts';
import { faultyRowsFile } from '../faulty-rows/faulty-rows-file.ts';
import { countPreview } from '../preview/count-preview.ts';
import { readFile } from '../read-file.ts';
import { SlipDefaultsFinder } from '../slip-defaults.ts';
import { BulkWriter } from '../staging/bulk-writer.ts';
import { checkPublished } from '../staging/cross-checks.ts';
import { settleUnits } from '../staging/settle-units.ts';
import { RowStager } from '../staging/stage-rows.ts';
import type { StagedImport } from '../staging/staged-import.ts';
import { StagedUnits } from '../staging/staged-units.ts';
import type { JobBoard } from './job-board.ts';
import type { Checked, FileToCheck } from './task.ts';
import type { Turn } from './turns.ts';

export interface JobContext {
  readonly db: Knex;
  readonly turn: Turn;
  readonly board: JobBoard;
  readonly staged: StagedImport;
}

async function read({ db, turn, board, staged }: JobContext, file: FileToCheck, manager: Manager, faults: FaultList) {
  const units = new StagedUnits(faults);
  await units.loadKnown(db, staged.managerId);
  const writer = await BulkWriter.create(db, turn);
  const stager = new RowStager({ ...staged, purposeCode: manager.purposeCode }, writer, units, faults);
  return readFile({
    ...file,
    stager,
    faults,
    defaults: new SlipDefaultsFinder(manager),
    progress: (rows, bytes) => {
      board.progress(rows, bytes);
      board.goOn();
    },
  });
}

interface Compared {
  readonly now: string;
  /** The manager's `billingVersion` when the check began. */
  readonly version: number;
  readonly knownColumns: readonly string[];
  readonly faults: FaultList;
}

/** What is true only beside what is already in: whether slips are published, and what would change. */
async function compare({ db, staged, board }: JobContext, it: Compared): Promise<Checked> {
  const { now, version, knownColumns, faults } = it;
  if (faults.count === 0) await checkPublished(db, staged, faults);
  board.goOn();
  const checked = { version, faultCount: faults.count, faults: faults.sorted() };
  if (faults.count > 0) return checked;
  const preview = await countPreview(db, staged, { now: fromInstant(now), present: new Set(knownColumns) });
  return { ...checked, preview };
}

/** Reads a file and stages it; answers with its faults, or with what it would change. */
export async function check(context: JobContext, file: FileToCheck, now: string): Promise<Checked> {
  const faults = new FaultList();
  // First of all, so that whatever changes while the file is read outdates the preview.
  const manager = await Manager.query(context.db).findById(context.staged.managerId).throwIfNotFound();
  const { knownColumns, unknownColumns } = await read(context, file, manager, faults);
  context.board.phase = 'checking';
  const checked = await compare(context, { now, version: manager.billingVersion, knownColumns, faults });
  if (faults.count > 0) {
    const rows = await faultyRowsFile(file, faults);
    await context.turn(() => keepFaultyRows(context.db, context.staged, rows, now));
  }
  return { ...checked, columns: { known: knownColumns, unknown: unknownColumns } };
}

/** Counts the preview of what is staged anew. */
export async function recheck(context: JobContext, now: string): Promise<Checked> {
  const { db, turn, staged } = context;
  const { billingVersion: version } = await Manager.query(db).findById(staged.managerId).throwIfNotFound();
  const row = await Import.query(db).findById([staged.managerId, staged.importId]).throwIfNotFound();
  await settleUnits(db, turn, staged);
  const knownColumns = JSON.parse(row.knownColumns ?? '[]') as string[];
  return compare(context, { now, version, knownColumns, faults: new FaultList() });
}
