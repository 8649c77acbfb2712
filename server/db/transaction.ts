import type { Knex } from 'knex';

/**
 * MySQL's and MariaDB's "try again": deadlock, lock wait, record changed; SQLite's: another process is writing, or has
 * written since this transaction read.
 */
const passing = new Set([
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_CHECKREAD',
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
]);

/** Objection wraps what the driver threw. */
interface DriverError {
  readonly code?: string;
  readonly nativeError?: DriverError;
}

export function isPassing(error: unknown): boolean {
  const { code, nativeError } = error as DriverError;
  return passing.has(nativeError?.code ?? code ?? '');
}

/**
 * Runs the work in a transaction, again from the start when the database says that it lost a race. The work must
 * therefore do nothing but ask the database through the transaction it is given.
 */
export async function transaction<T>(db: Knex, work: (trx: Knex.Transaction) => Promise<T>, tries = 5): Promise<T> {
  try {
    return await db.transaction(work);
  } catch (error) {
    if (tries <= 1 || !isPassing(error)) throw error;
    return transaction(db, work, tries - 1);
  }
}
