/** Connections refused, cut and not to be had; a file that cannot be opened or written to. */
const codes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'ETIMEDOUT'],
  ...['PROTOCOL_CONNECTION_LOST', 'ER_CON_COUNT_ERROR', 'ER_CONNECTION_KILLED', 'ER_SERVER_SHUTDOWN'],
  ...['ER_ACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_OPTION_PREVENTS_STATEMENT'],
  ...['SQLITE_BUSY', 'SQLITE_CANTOPEN', 'SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_NOTADB', 'SQLITE_READONLY'],
]);

interface DriverError {
  readonly name?: string;
  readonly code?: string;
  readonly nativeError?: DriverError;
}

/** Whether it is the database that cannot be reached or used, and not the question that is wrong. */
export function isUnreachable(error: unknown): boolean {
  const thrown = (error ?? {}) as DriverError;
  const { name, code = '' } = thrown.nativeError ?? thrown;
  // Knex waits a minute for a free connection, then gives up with an error of its own.
  return codes.has(code) || name === 'KnexTimeoutError';
}
