import type { Knex } from 'knex';
import type { Cell } from './bulk.ts';
import { isMysql } from './connect.ts';

interface MysqlConnection {
  query(sql: string, values: readonly Cell[], done: (error: Error | null, rows: unknown[]) => void): void;
}

interface EmbeddedConnection {
  prepare(sql: string): { all(...values: Cell[]): unknown[] };
}

const ask = (connection: MysqlConnection, sql: string, values: readonly Cell[]): Promise<unknown[]> =>
  new Promise((resolve, reject) => {
    connection.query(sql, values, (error, rows) => (error ? reject(error) : resolve(rows)));
  });

/**
 * The rows of a select that is written as text, straight from the driver: for what clients ask all the time, where the
 * way through knex costs half as much again as the database. In a transaction when `db` is one; knex's event `query`
 * tells of it as of any other.
 */
export async function selectRows<Row>(db: Knex, sql: string, values: readonly Cell[]): Promise<Row[]> {
  const client = db.client as Knex.Client;
  client.emit('query', { sql, bindings: values });
  const connection: unknown = await client.acquireConnection();
  try {
    const rows = isMysql(db)
      ? await ask(connection as MysqlConnection, sql, values)
      : (connection as EmbeddedConnection).prepare(sql).all(...values);
    return rows as Row[];
  } finally {
    client.releaseConnection(connection);
  }
}
