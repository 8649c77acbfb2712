import type { Knex } from 'knex';

/**
 * The column types that the two databases spell differently. Migrations share this file and nothing else; like them it
 * is frozen: a new type may be added, an old one is never changed.
 */
export interface Columns {
  /** 128 random bits, hexadecimal. */
  readonly id: (name: string) => Knex.ColumnBuilder;
  /** ASCII alone, compared byte by byte: codes, hashes, states. */
  readonly ascii: (name: string, length: number) => Knex.ColumnBuilder;
  /** Any text, compared byte by byte, so that both databases agree on what is the same. */
  readonly exact: (name: string, length: number) => Knex.ColumnBuilder;
  /** `YYYY-MM-DD HH:MM:SS.mmm`, UTC. */
  readonly instant: (name: string) => Knex.ColumnBuilder;
  /** `YYYY-MM-DD`. */
  readonly day: (name: string) => Knex.ColumnBuilder;
  /** Up to 16 MB of text. */
  readonly longText: (name: string) => Knex.ColumnBuilder;
  /** Up to 16 MB of bytes. */
  readonly bytes: (name: string) => Knex.ColumnBuilder;
}

type Types = Record<keyof Columns, (length: number) => string>;

const mysql: Types = {
  id: () => 'char(32) character set ascii collate ascii_bin',
  ascii: (length) => `varchar(${length}) character set ascii collate ascii_bin`,
  exact: (length) => `varchar(${length}) character set utf8mb4 collate utf8mb4_bin`,
  instant: () => 'datetime(3)',
  day: () => 'date',
  longText: () => 'mediumtext',
  bytes: () => 'mediumblob',
};

const sqlite: Types = {
  id: () => 'char(32)',
  ascii: (length) => `varchar(${length})`,
  exact: (length) => `varchar(${length})`,
  instant: () => 'text',
  day: () => 'text',
  longText: () => 'text',
  bytes: () => 'blob',
};

const isMysql = (knex: Knex): boolean => (knex.client as Knex.Client).config.client === 'mysql2';

function columnsOf(knex: Knex, table: Knex.TableBuilder): Columns {
  const types = isMysql(knex) ? mysql : sqlite;
  const column = (type: keyof Types) => (columnName: string, length?: number) =>
    table.specificType(columnName, types[type](length ?? 0));
  return {
    id: column('id'),
    ascii: column('ascii'),
    exact: column('exact'),
    instant: column('instant'),
    day: column('day'),
    longText: column('longText'),
    bytes: column('bytes'),
  };
}

/** Adds columns of these types to a table. */
export async function alterTable(
  knex: Knex,
  name: string,
  build: (table: Knex.AlterTableBuilder, columns: Columns) => void,
): Promise<void> {
  await knex.schema.alterTable(name, (table) => build(table, columnsOf(knex, table)));
}

export async function createTable(
  knex: Knex,
  name: string,
  build: (table: Knex.CreateTableBuilder, columns: Columns) => void,
): Promise<void> {
  await knex.schema.createTable(name, (table) => {
    if (isMysql(knex)) {
      table.engine('InnoDB');
      table.charset('utf8mb4');
      table.collate('utf8mb4_slovenian_ci');
    }
    build(table, columnsOf(knex, table));
  });
}
