import type { Knex } from 'knex';
import { rowsOf } from '../../../db/bulk.ts';
import { planOf } from '../../../db/plan.ts';
import { transaction } from '../../../db/transaction.ts';
import { BillingRun } from '../../../models/billing-run.ts';
import { Import } from '../../../models/import.ts';
import { refreshPayerUnits } from '../../payers/payer-units.ts';
import { raiseBillingVersion } from '../billing-version.ts';
import type { JobContext } from '../thread/check.ts';
import { Stopped } from '../thread/job-board.ts';
import { inRange, type Range, rangesOf } from './ranges.ts';
import { deleteReplaced, findReplaced, lockRuns, type Replaced, retireEmptied } from './replaced-slips.ts';
import { bindings, isOurs, type StagedImport } from './staged-import.ts';
import { undoWriting } from './undo-writing.ts';
import { findChangedPayers, writeChangedPayers, writeNewPayers } from './write-payers.ts';
import { writeRuns, writeTotals } from './write-runs.ts';
import { findChangedUnits, writeBuildings, writeChangedUnits, writeNewUnits } from './write-units.ts';

/** Slips that residents have seen meanwhile are not replaced: the preview is outdated. */
export class PublishedMeanwhile extends Error {}

interface Which {
  readonly sql: string;
  readonly values: readonly string[];
}

/** Their items, open items and payment orders are there already. */
async function writeSlips(trx: Knex, staged: StagedImport, { sql, values }: Which): Promise<void> {
  const { inOrder } = planOf(trx);
  await trx.raw(
    `insert into slips (manager_id, id, run_id, payer_id, number, period, issue_date, due_date, note, total_cents)
     select ${inOrder} s.manager_id, s.new_id, run.id, p.id, s.number, s.period, s.issue_date, s.due_date, s.note,
       s.total_cents
     from import_slips s
     join billing_runs run on run.manager_id = s.manager_id and run.import_id = s.import_id and run.period = s.period
     join payers p on p.manager_id = s.manager_id and p.code = s.payer_code
     where ${isOurs('s')} and ${sql}`,
    [...bindings(staged), ...values],
  );
}

/** What a file changes of what is already there; it is written all at once, at the end. */
interface Changes {
  readonly payers: readonly string[];
  readonly units: readonly string[];
  readonly slips: readonly Replaced[];
}

const atOnce = 500;

function* pieces<T>(all: readonly T[]): Generator<T[]> {
  for (let done = 0; done < all.length; done += atOnce) yield all.slice(done, done + atOnce);
}

/**
 * Writes a checked import, piece by piece, into runs that nobody is shown: new buildings, units, payers and slips. What
 * it changes of what is there already comes in one last transaction with which the runs become drafts. Whatever
 * happens before that is undone.
 */
class ImportWriter {
  readonly #context: JobContext;
  readonly #now: string;
  readonly #present: ReadonlySet<string>;
  #newPayers = 0;

  constructor(context: JobContext, now: string, present: ReadonlySet<string>) {
    this.#context = context;
    this.#now = now;
    this.#present = present;
  }

  async write(): Promise<void> {
    const changes = await this.#findChanges();
    await this.#piece(async (trx) => {
      await writeRuns(trx, this.#staged);
      await writeBuildings(trx, this.#staged);
      await writeTotals(trx, this.#staged);
    });
    await this.#inRanges('import_units', (trx, range) => writeNewUnits(trx, this.#staged, range));
    await this.#inRanges('import_payers', async (trx, range) => {
      this.#newPayers += await writeNewPayers(trx, this.#staged, this.#now, range);
    });
    await this.#inRanges('import_slips', (trx, range) => this.#writeNewSlips(trx, range));
    await this.#piece((trx) => this.#finish(trx, changes));
  }

  get #staged(): StagedImport {
    return this.#context.staged;
  }

  #piece(work: (trx: Knex.Transaction) => Promise<void>): Promise<void> {
    const { board, db, turn } = this.#context;
    board.goOn();
    return turn(() => transaction(db, work));
  }

  async #inRanges(
    table: 'import_units' | 'import_payers' | 'import_slips',
    work: (trx: Knex.Transaction, range: Range) => Promise<void>,
  ): Promise<void> {
    for await (const range of rangesOf(this.#context.db, this.#staged, table)) {
      await this.#piece((trx) => work(trx, range));
    }
  }

  /** On the embedded database this keeps nobody waiting, as reading needs no turn. */
  async #findChanges(): Promise<Changes> {
    const { db, staged } = this.#context;
    return {
      payers: await findChangedPayers(db, staged, this.#present),
      units: await findChangedUnits(db, staged, this.#present),
      slips: await findReplaced(db, staged),
    };
  }

  /** Those whose number nobody has; the others wait for the end. */
  async #writeNewSlips(trx: Knex, range: Range): Promise<void> {
    await writeSlips(trx, this.#staged, {
      sql: `${inRange('s', 'number')}
        and not exists (select 1 from slips old where old.manager_id = s.manager_id and old.number = s.number)`,
      values: [range.after, range.upTo],
    });
    await this.#refreshPayers(trx, { sql: inRange('s', 'number'), values: [range.after, range.upTo] });
  }

  /** What the list of payers says of those whose slips these are. */
  async #refreshPayers(trx: Knex, { sql, values }: Which, others: readonly string[] = []): Promise<void> {
    const found: unknown = await trx.raw(
      `select p.id from import_slips s join payers p on p.manager_id = s.manager_id and p.code = s.payer_code
       where ${isOurs('s')} and ${sql}`,
      [...bindings(this.#staged), ...values],
    );
    const ids = rowsOf<{ id: string }>(found).map(({ id }) => id);
    await refreshPayerUnits(trx, this.#staged.managerId, [...ids, ...others]);
  }

  async #finish(trx: Knex.Transaction, changes: Changes): Promise<void> {
    const { managerId, importId } = this.#staged;
    const run = { manager_id: managerId, import_id: importId };
    const replacedRuns = [...new Set(changes.slips.map((slip) => slip.run_id))];
    await lockRuns(trx, this.#staged, replacedRuns);
    const published = await BillingRun.query(trx)
      .where({ manager_id: managerId, state: 'published' })
      .whereIn('id', replacedRuns)
      .first();
    if (published) throw new PublishedMeanwhile();
    for (const ids of pieces(changes.units))
      await writeChangedUnits(trx, this.#staged, { present: this.#present, ids });
    for (const codes of pieces(changes.payers)) {
      await writeChangedPayers(trx, this.#staged, { now: this.#now, present: this.#present, codes });
    }
    await deleteReplaced(trx, this.#staged, changes.slips);
    for (const some of pieces(changes.slips)) {
      const numbers = some.map(({ number }) => number);
      const these = { sql: `s.number in (${numbers.map(() => '?').join(', ')})`, values: numbers };
      await writeSlips(trx, this.#staged, these);
      await this.#refreshPayers(trx, these, some.map((slip) => slip.payer_id)); // prettier-ignore
    }
    await retireEmptied(trx, this.#staged, replacedRuns);
    await trx('billing_runs')
      .where({ ...run, state: 'writing' })
      .update({ state: 'draft' });
    await raiseBillingVersion(trx, managerId);
    const all = await trx('import_slips').where(run).count('* as slips').first<{ slips: number }>();
    const settled = await Import.query(trx)
      .where({ manager_id: managerId, id: importId, state: 'writing' })
      .patch({
        ...{ state: 'draft', phase: 'done', finishedAt: this.#now, newPayers: this.#newPayers },
        ...{ newSlips: all.slips - changes.slips.length, replacedSlips: changes.slips.length },
      });
    // Taken for dead by another process: then it has been undone there.
    if (settled !== 1) throw new Stopped();
  }
}

/** @throws Stopped, PublishedMeanwhile; nothing of it is left then */
export async function writeImport(context: JobContext, now: string): Promise<void> {
  const { db, turn, staged } = context;
  const { knownColumns } = await Import.query(db).findById([staged.managerId, staged.importId]).throwIfNotFound();
  const present = new Set(JSON.parse(knownColumns ?? '[]') as string[]);
  try {
    await new ImportWriter(context, now, present).write();
  } catch (error) {
    await undoWriting(db, turn, staged);
    throw error;
  }
}
