import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Knex } from 'knex';
import { rowsOf } from '../../../server/db/bulk.ts';
import { isMysql } from '../../../server/db/connect.ts';

/** Everything that an import of new payers leaves in the database, with the key in whose order its rows are read. */
const tables = {
  slip_items: ['manager_id', 'slip_id', 'position'],
  slip_units: ['manager_id', 'slip_id', 'unit_id'],
  payment_orders: ['manager_id', 'slip_id', 'position'],
  slips: ['manager_id', 'id'],
  payers: ['manager_id', 'id'],
  payer_units: ['manager_id', 'payer_id', 'unit_id'],
  units: ['manager_id', 'id'],
} as const;

type Table = keyof typeof tables;
type Row = Record<string, string | number | null>;

/** All rows in the order of the key, some thousand at a time. */
async function* rowsIn(db: Knex, table: Table): AsyncGenerator<Row[]> {
  const key = tables[table].join(', ');
  const marks = tables[table].map(() => '?').join(', ');
  let after: (string | number)[] = tables[table].map((column) => (column === 'position' ? 0 : ''));
  for (;;) {
    const found = rowsOf<Row>(
      await db.raw(`select * from ${table} where (${key}) > (${marks}) order by ${key} limit 20000`, after),
    );
    const last = found.at(-1);
    if (!last) return;
    after = tables[table].map((column) => last[column]!);
    yield found;
  }
}

interface Connection {
  query(options: { sql: string; infileStreamFactory: () => Readable }, done: (error: Error | null) => void): void;
}

/** `load data local` of a file into a table with these columns, the primary key and nothing else. */
async function load(db: Knex, table: Table, folder: string): Promise<number> {
  const path = join(folder, `${table}.tsv`);
  async function* lines() {
    for await (const rows of rowsIn(db, table)) {
      const texts = rows.map((row) => Object.values(row).map((cell) => cell ?? '\\N').join('\t')); // prettier-ignore
      yield `${texts.join('\n')}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(path));
  await db.raw(`create table bare_${table} as select * from ${table} limit 0`);
  await db.raw(`alter table bare_${table} add primary key (${tables[table].join(', ')})`);
  const client = db.client as Knex.Client;
  const connection = (await client.acquireConnection()) as Connection;
  const start = performance.now();
  await new Promise<void>((resolve, reject) => {
    const sql = `load data local infile 'rows' into table bare_${table} character set utf8mb4`;
    connection.query({ sql, infileStreamFactory: () => createReadStream(path) }, (error) =>
      error ? reject(error) : resolve(),
    );
  });
  const seconds = (performance.now() - start) / 1000;
  client.releaseConnection(connection);
  return seconds;
}

interface Embedded {
  prepare(sql: string): { run(...cells: unknown[]): unknown };
  transaction(work: () => void): () => void;
}

/** One prepared insert, a row at a time, a thousand in a transaction. */
async function insertEach(db: Knex, table: Table): Promise<number> {
  const found = rowsOf<{ name: string }>(await db.raw(`select name from pragma_table_info('${table}')`));
  const columns = found.map(({ name }) => name).join(', ');
  await db.raw(`create table bare_${table} (${columns}, primary key (${tables[table].join(', ')}))`);
  const sql = `insert into bare_${table} (${columns}) values (${found.map(() => '?').join(', ')})`;
  const client = db.client as Knex.Client;
  let seconds = 0;
  for await (const rows of rowsIn(db, table)) {
    const cells = rows.map((row) => Object.values(row));
    const connection = (await client.acquireConnection()) as Embedded;
    const statement = connection.prepare(sql);
    const start = performance.now();
    for (let done = 0; done < cells.length; done += 1_000) {
      connection.transaction(() => {
        for (const row of cells.slice(done, done + 1_000)) statement.run(...row);
      })();
    }
    seconds += (performance.now() - start) / 1000;
    client.releaseConnection(connection);
  }
  return seconds;
}

export interface Bare {
  /** Seconds for all rows that the import wrote, and for its items alone. */
  readonly all: number;
  readonly items: number;
}

/** The bare way of the rows of an import into tables that have their primary key alone. */
export async function bareInsert(db: Knex, folder: string): Promise<Bare> {
  let [all, items] = [0, 0];
  for (const table of Object.keys(tables) as Table[]) {
    const seconds = isMysql(db) ? await load(db, table, folder) : await insertEach(db, table);
    all += seconds;
    if (table === 'slip_items') items = seconds;
  }
  return { all, items };
}
