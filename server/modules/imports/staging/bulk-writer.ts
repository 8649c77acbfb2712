import type { Knex } from 'knex';
import { type Cell, insertRows } from '../../../db/bulk.ts';
import { canLoad, lineOf, loadedAtOnce, loadLines } from '../../../db/load-rows.ts';
import { transaction } from '../../../db/transaction.ts';
import type { Turn } from '../thread/turns.ts';
import { columnsOf, type StagedTable } from './staging-columns.ts';

interface Collected {
  /** Where they are loaded; where they are inserted, `rows`. */
  readonly lines: string[];
  readonly rows: Cell[][];
}

/** Collects rows by table and writes them some thousand at a time, while the caller goes on reading. */
export class BulkWriter {
  readonly #db: Knex;
  readonly #turn: Turn;
  readonly #isLoaded: boolean;
  readonly #atOnce: number;
  #tables = new Map<StagedTable, Collected>();
  #collected = 0;
  #writing: Promise<void> = Promise.resolve();

  private constructor(db: Knex, turn: Turn, isLoaded: boolean) {
    this.#db = db;
    this.#turn = turn;
    this.#isLoaded = isLoaded;
    this.#atOnce = loadedAtOnce(db);
  }

  static async create(db: Knex, turn: Turn): Promise<BulkWriter> {
    return new BulkWriter(db, turn, await canLoad(db));
  }

  get isFull(): boolean {
    return this.#collected >= this.#atOnce;
  }

  add(table: StagedTable, row: Cell[]): void {
    let collected = this.#tables.get(table);
    if (!collected) this.#tables.set(table, (collected = { lines: [], rows: [] }));
    if (this.#isLoaded) collected.lines.push(lineOf(row));
    else collected.rows.push(row);
    this.#collected += 1;
  }

  /** Waits for what was handed over before, then hands over what was collected since. */
  async flush(): Promise<void> {
    await this.#writing;
    const tables = this.#tables;
    this.#tables = new Map();
    this.#collected = 0;
    this.#writing = this.#write(tables);
    // Whoever waits for it gets the failure; until then it must not count as unhandled.
    this.#writing.catch(() => undefined);
  }

  /** Writes the rest, and is done when all is written. */
  async finish(): Promise<void> {
    await this.flush();
    await this.#writing;
  }

  async #write(tables: ReadonlyMap<StagedTable, Collected>): Promise<void> {
    if (this.#isLoaded) {
      for (const [table, { lines }] of tables) await loadLines(this.#db, table, columnsOf[table], lines);
      return;
    }
    // In one turn and one transaction: each costs the same for a single row as for all of them.
    await this.#turn(() =>
      transaction(this.#db, async (trx) => {
        for (const [table, { rows }] of tables) await insertRows(trx, table, columnsOf[table], rows);
      }),
    );
  }
}
