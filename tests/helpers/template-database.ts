import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { connect } from '../../server/db/connect.ts';

export interface Template {
  /** The statements that make the same in an empty database of a server; of SQLite the file that is one. */
  readonly text: string;
  readonly remove: () => Promise<void>;
}

async function migrate(url: string): Promise<void> {
  const db = connect(url);
  await db.migrate.latest();
  await db.destroy();
}

/** The migrations, run once on the server or in a file. */
export async function makeTemplate(server: string | undefined): Promise<Template> {
  if (server !== undefined) return { text: await statements(server), remove: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-template-'));
  const file = join(folder, 'template.db');
  await migrate(`sqlite:${file}`);
  return { text: file, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function statements(server: string): Promise<string> {
  const connection = await createConnection(server);
  const ask = async (sql: string) => (await connection.query<RowDataPacket[]>(sql))[0];
  await ask('create database template character set utf8mb4 collate utf8mb4_slovenian_ci');
  await migrate(`${server}/template`);
  await ask('use template');
  const tables: string[] = [];
  const rows: string[] = [];
  for (const { name } of await ask(
    'select table_name as name from information_schema.tables where table_schema = database()',
  )) {
    // prettier-ignore
    tables.push(String((await ask(`show create table \`${name}\``))[0]!['Create Table']));
    // Of a migrated, empty database that is what keeps account of the migrations.
    if ((await ask(`select 1 from \`${name}\` limit 1`)).length > 0) {
      rows.push(`insert into \`${name}\` select * from template.\`${name}\``);
    }
  }
  await connection.end();
  return ['set foreign_key_checks = 0', ...tables, ...rows].join(';\n');
}
