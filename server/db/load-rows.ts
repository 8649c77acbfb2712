import { Readable } from 'node:stream';
import type { Knex } from 'knex';
import { type Cell, rowsOf } from './bulk.ts';
import { isMysql } from './connect.ts';

/** How many rows are loaded at once: on MySQL few statements, on the embedded database short turns. */
export const loadedAtOnce = (db: Knex): number => (isMysql(db) ? 5_000 : 1_000);

interface Loaded {
  readonly affectedRows: number;
  readonly warningStatus: number;
}

interface LoadingConnection {
  query(
    options: { sql: string; infileStreamFactory: () => Readable },
    done: (error: Error | null, result: Loaded) => void,
  ): void;
}

const special = /[\t\n\r\0\\]/;
const specials = /[\t\n\r\0\\]/g;
const escapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0', '\\': '\\\\' };

const field = (cell: Cell): string => {
  if (cell === null) return '\\N';
  if (typeof cell === 'number') return String(cell);
  return special.test(cell) ? cell.replace(specials, (letter) => escapes[letter]!) : cell;
};

/** A row as `loadLines` takes it: much less to keep until then than its cells. */
export const lineOf = (row: readonly Cell[]): string => `${row.map(field).join('\t')}\n`;

/**
 * Whether the server takes `load data local infile`, which is twice as fast as the largest inserts. MySQL does only
 * where `local_infile` is switched on; the embedded database has nothing to gain from it.
 */
export async function canLoad(db: Knex): Promise<boolean> {
  if (!isMysql(db)) return false;
  const [setting] = rowsOf<{ allowed: number }>(await db.raw('select @@global.local_infile as allowed'));
  return setting?.allowed === 1;
}

/** Some thousand rows that are not there yet, where `canLoad` found that it works. */
export async function loadLines(
  db: Knex,
  table: string,
  columns: readonly string[],
  lines: readonly string[],
): Promise<void> {
  const client = db.client as Knex.Client;
  const connection = (await client.acquireConnection()) as LoadingConnection;
  try {
    const sql = `load data local infile 'rows' into table ${table} character set utf8mb4 (${columns.join(', ')})`;
    const text = Buffer.from(lines.join(''), 'utf8');
    const { affectedRows, warningStatus } = await new Promise<Loaded>((resolve, reject) => {
      connection.query({ sql, infileStreamFactory: () => Readable.from([text]) }, (error, result) =>
        error ? reject(error) : resolve(result),
      );
    });
    // What does not fit is cut off with a warning here, where an insert would fail.
    if (affectedRows !== lines.length || warningStatus > 0) throw new Error(`${table}: rows were not loaded whole`);
  } finally {
    client.releaseConnection(connection);
  }
}
