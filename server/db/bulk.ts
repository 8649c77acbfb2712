import type { Knex } from 'knex';
import { isMysql } from './connect.ts';

export type Cell = string | number | null;

interface MysqlConnection {
  query(sql: string, values: unknown[], done: (error: Error | null) => void): void;
}

interface EmbeddedConnection {
  prepare(sql: string): { run(...values: Cell[]): unknown };
  transaction(work: () => void): () => void;
}

/** How an insert treats a row whose key is already there: `keep` leaves the old one, otherwise a piece of SQL. */
export type OnConflict = 'fail' | 'keep' | { readonly mysql: string; readonly sqlite: string };

function tail(db: Knex, key: string, onConflict: OnConflict): string {
  if (onConflict === 'fail') return '';
  if (onConflict === 'keep') return isMysql(db) ? `on duplicate key update ${key} = ${key}` : 'on conflict do nothing';
  return isMysql(db) ? onConflict.mysql : onConflict.sqlite;
}

/**
 * Inserts some hundred rows at once by the fastest way of each driver: knex spends more time on such a statement than
 * the database does. In a transaction when `db` is one. On MySQL all rows are one statement.
 */
export async function insertRows(
  db: Knex,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  onConflict: OnConflict = 'fail',
): Promise<void> {
  if (rows.length === 0) return;
  const head = `insert into ${table} (${columns.join(', ')}) values`;
  const end = tail(db, columns[0]!, onConflict);
  const client = db.client as Knex.Client;
  const connection: unknown = await client.acquireConnection();
  try {
    if (isMysql(db)) await insertTogether(connection as MysqlConnection, `${head} ? ${end}`, rows);
    else insertEach(connection as EmbeddedConnection, `${head} (${columns.map(() => '?').join(', ')}) ${end}`, rows);
  } finally {
    client.releaseConnection(connection);
  }
}

const insertTogether = (connection: MysqlConnection, sql: string, rows: readonly (readonly Cell[])[]): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.query(sql, [rows], (error) => (error ? reject(error) : resolve()));
  });

function insertEach(connection: EmbeddedConnection, sql: string, rows: readonly (readonly Cell[])[]): void {
  const statement = connection.prepare(sql);
  connection.transaction(() => {
    for (const row of rows) statement.run(...row);
  })();
}

/** The end of an `insert ... select ... where` that writes these columns over those of a row with the same key. */
export function overwrite(db: Knex, key: readonly string[], columns: readonly string[]): string {
  if (isMysql(db)) return `on duplicate key update ${columns.map((name) => `${name} = values(${name})`).join(', ')}`;
  return `on conflict (${key.join(', ')}) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`;
}

/** Lets other requests have their turn: the embedded database works on the event loop. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** How many rows an `update`, `delete` or `insert` done by `db.raw` touched. */
export function affected(result: unknown): number {
  const first: unknown = Array.isArray(result) ? result[0] : result;
  const { affectedRows, changes } = first as { affectedRows?: number; changes?: number };
  return affectedRows ?? changes ?? 0;
}

/** The rows that `db.raw` of a select gave: the drivers wrap them differently. */
export const rowsOf = <T>(result: unknown): T[] =>
  (Array.isArray(result) && Array.isArray(result[0]) ? result[0] : result) as T[];
