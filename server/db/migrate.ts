import type { Knex } from 'knex';
import { settingError } from '../config.ts';
import { isMysql } from './connect.ts';
import { isUnreachable } from './unreachable.ts';

/** @throws ConfigError when the database cannot be reached */
async function reached<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isUnreachable(error) ? settingError('DATABASE_URL', error) : error;
  }
}

/** Brings the database up to date. Answers with the names of the migrations that ran. */
export async function migrateUp(db: Knex): Promise<string[]> {
  const [, names] = (await reached(db.migrate.latest())) as [number, string[]];
  return names;
}

/** Takes back the newest migration, with the data of its table. Answers with its name, or nothing. */
export async function migrateDown(db: Knex): Promise<string[]> {
  const [, names] = (await reached(db.migrate.down())) as [number, string[]];
  return names;
}

/** The migrations that the database still lacks. */
async function pendingMigrations(db: Knex): Promise<string[]> {
  const [, pending] = (await reached(db.migrate.list())) as [unknown, string[]];
  return pending;
}

/** The database is not of this version. */
export class NotMigratedError extends Error {
  constructor(pending: readonly string[]) {
    super(
      `The database lacks ${pending.length} migrations, ${pending[0] ?? ''} first. Make a backup, then: npm run iiportal -- migrate`,
    );
    this.name = 'NotMigratedError';
  }
}

/**
 * The rule at every start: the embedded database belongs to the one process that has it open, which brings it up to
 * date by itself; a server of databases may have other users, so there an operator decides when.
 * @throws NotMigratedError
 */
export async function ensureMigrated(db: Knex): Promise<void> {
  if (!isMysql(db)) {
    await migrateUp(db);
    return;
  }
  const pending = await pendingMigrations(db);
  if (pending.length > 0) throw new NotMigratedError(pending);
}
