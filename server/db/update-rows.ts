import type { Knex } from 'knex';
import { isMysql } from './connect.ts';

interface EmbeddedConnection {
  prepare(sql: string): { run(...values: string[]): unknown };
}

/** The column of a manager's rows that `updateRows` writes. */
export interface UpdatedColumn {
  readonly table: string;
  readonly managerId: string;
  readonly column: string;
  /** Of its text, at most. */
  readonly length: number;
}

/** Writes a text of its own into each of some hundred rows, by their ids: on MySQL as one statement. */
export async function updateRows(
  db: Knex,
  { table, managerId, column, length }: UpdatedColumn,
  texts: readonly (readonly [id: string, text: string])[],
): Promise<void> {
  if (texts.length === 0) return;
  const json = JSON.stringify(texts);
  if (isMysql(db)) {
    const rows = `json_table(?, '$[*]' columns (
      id char(32) character set ascii collate ascii_bin path '$[0]', text varchar(${length}) path '$[1]'))`;
    const sql = `update ${rows} n straight_join ${table} t on t.manager_id = ? and t.id = n.id set t.${column} = n.text`;
    await db.raw(sql, [json, managerId]);
    return;
  }
  // One by one, and compiled once: beside a list, the embedded database goes through the whole table for each of its rows.
  const client = db.client as Knex.Client;
  const connection = (await client.acquireConnection()) as EmbeddedConnection;
  try {
    const statement = connection.prepare(`update ${table} set ${column} = ? where manager_id = ? and id = ?`);
    for (const [id, text] of texts) statement.run(text, managerId, id);
  } finally {
    client.releaseConnection(connection);
  }
}
