import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import knex, { type Knex } from 'knex';
import { settingError } from '../config.ts';
import { migrationSource } from './migration-source.ts';

/** What the embedded database's driver gives knex to set up a new connection with. */
interface EmbeddedConnection {
  pragma(setting: string): unknown;
  prepare(sql: string): unknown;
}

type Done<T> = (error: Error | null, connection: T) => void;

const shared = {
  migrations: { migrationSource, tableName: 'migrations' },
  // A failed statement is reported with placeholders: its values do not belong into a log.
  compileSqlOnError: false,
  // Knex throws what it also prints; lines of another form do not belong into our log.
  log: { warn: () => undefined, error: () => undefined },
};

const mostStatements = 200;

/**
 * Compiles a statement once and not each time, which takes longer than most of them run. The least used go: some have
 * as many forms as a list in them has lengths.
 */
function keepStatements(connection: EmbeddedConnection): void {
  const compile = connection.prepare.bind(connection);
  const kept = new Map<string, unknown>();
  connection.prepare = (sql) => {
    const statement = kept.get(sql) ?? compile(sql);
    kept.delete(sql);
    kept.set(sql, statement);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostStatements) break;
      kept.delete(oldest);
    }
    return statement;
  };
}

const longestTurnMs = 5;

/**
 * The driver works on the event loop, and what waits for its answer goes on at once: requests that come together would
 * keep everything else waiting until the last of them is done. Now and then the others get their turn.
 */
function giveTurns(client: Knex.Client): void {
  const acquire = client.acquireConnection.bind(client) as () => Promise<unknown>;
  let since = 0;
  let turn: Promise<void> | undefined;
  const giveTurn = async (): Promise<void> => {
    await nextTurn();
    since = performance.now();
    turn = undefined;
  };
  client.acquireConnection = async () => {
    if (performance.now() - since > longestTurnMs) await (turn ??= giveTurn());
    return acquire();
  };
}

/**
 * The embedded database. One connection: its driver works synchronously, so a second one could only wait for the first
 * while it keeps the first from going on. Inside a transaction everything must therefore go through the transaction.
 */
function sqliteConfig(file: string): Knex.Config {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw settingError('DATABASE_URL', error);
  }
  return {
    ...shared,
    client: 'better-sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate: (connection: EmbeddedConnection, done: Done<EmbeddedConnection>) => {
        connection.pragma('journal_mode = WAL');
        connection.pragma('synchronous = NORMAL');
        connection.pragma('foreign_keys = ON');
        connection.pragma('busy_timeout = 5000');
        keepStatements(connection);
        done(null, connection);
      },
    },
  };
}

const sqlMode =
  'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY';

/** Sums come from the driver as DECIMAL text; ours are whole cents or counts and stay far below 2^53. */
const wholeNumber = /^-?\d{1,15}$/;

interface Field {
  readonly type: string;
  string(): string | null;
}

function typeCast(field: Field, next: () => unknown): unknown {
  if (field.type !== 'NEWDECIMAL') return next();
  const text = field.string();
  return text !== null && wholeNumber.test(text) ? Number(text) : text;
}

interface QueryableConnection {
  query(sql: string, done: (error: Error | null) => void): void;
}

/** Read committed: no gap locks, so that parallel sign-ins and imports do not deadlock on each other's ranges. */
function setUp(connection: QueryableConnection, done: Done<QueryableConnection>): void {
  const settings = `sql_mode = '${sqlMode}', time_zone = '+00:00', collation_connection = 'utf8mb4_slovenian_ci'`;
  connection.query(`set session ${settings}`, (error) => {
    if (error) done(error, connection);
    else
      connection.query('set session transaction isolation level read committed', (failure) =>
        done(failure, connection),
      );
  });
}

function mysqlConfig(url: string): Knex.Config {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    ...shared,
    client: 'mysql2',
    connection: {
      host: hostname,
      port: port ? Number(port) : 3306,
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database: decodeURIComponent(pathname.slice(1)),
      charset: 'utf8mb4',
      timezone: 'Z',
      dateStrings: true,
      supportBigNumbers: true,
      bigNumberStrings: false,
      typeCast,
    },
    pool: { min: 0, max: 10, afterCreate: setUp },
  };
}

/** Opens `sqlite:FILE` or `mysql://user:password@host:port/database`. Connects at the first query. */
export function connect(url: string): Knex {
  if (!url.startsWith('sqlite:')) return knex(mysqlConfig(url));
  const db = knex(sqliteConfig(url.slice('sqlite:'.length)));
  giveTurns(db.client as Knex.Client);
  return db;
}

export const isMysql = (db: Knex): boolean => (db.client as Knex.Client).config.client === 'mysql2';

/** MySQL's name of the database: what stands behind the last slash of its URL. */
export const databaseName = (db: Knex): string =>
  (db.client as { connectionSettings: { database: string } }).connectionSettings.database;
