import { NotFoundError } from 'objection';

/**
 * The unique constraints that a caller can run into, by name. MySQL reports a broken one by its name, SQLite by its
 * table and columns, so both are written down here once; a test compares them with what the migrations made.
 */
export const uniqueConstraints = {
  accounts_email_uq: { table: 'accounts', columns: ['email'] },
  sessions_account_uq: { table: 'sessions', columns: ['account_id'] },
  payers_code_uq: { table: 'payers', columns: ['manager_id', 'code'] },
  slips_number_uq: { table: 'slips', columns: ['manager_id', 'number'] },
  account_codes_purpose_uq: { table: 'account_codes', columns: ['account_id', 'purpose'] },
  invitations_email_uq: { table: 'invitations', columns: ['manager_id', 'email'] },
  print_runs_running_uq: { table: 'print_runs', columns: ['created_by', 'is_running'] },
  mails_message_uq: { table: 'mails', columns: ['message_id'] },
  mails_slip_uq: { table: 'mails', columns: ['manager_id', 'slip_id', 'kind'] },
  e_invoice_requests_open_uq: { table: 'e_invoice_requests', columns: ['manager_id', 'payer_id', 'is_open'] },
} as const satisfies Record<string, { table: string; columns: readonly string[] }>;

export type UniqueConstraint = keyof typeof uniqueConstraints;

const names = Object.keys(uniqueConstraints) as UniqueConstraint[];

interface DriverError {
  readonly code?: string;
  readonly message?: string;
  readonly sqlMessage?: string;
  readonly nativeError?: DriverError;
}

/** What the driver threw: objection wraps MySQL's errors, and does not know those of better-sqlite3. */
const driverError = (error: unknown): DriverError => {
  const thrown = (error ?? {}) as DriverError;
  return thrown.nativeError ?? thrown;
};

const uniqueCodes = new Set(['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);

/** Whether a statement failed because such a row is there already. */
export const isUniqueViolation = (error: unknown): boolean => uniqueCodes.has(driverError(error).code ?? '');

const missingRowCodes = new Set(['ER_NO_REFERENCED_ROW_2', 'SQLITE_CONSTRAINT_FOREIGNKEY']);

/** Whether a statement, or a search that had to find something, failed because a row is gone that was there before. */
export const isMissingRow = (error: unknown): boolean =>
  error instanceof NotFoundError || missingRowCodes.has(driverError(error).code ?? '');

/** `... for key 'accounts.accounts_email_uq'`; MariaDB leaves the table out. */
const namedKey = (text: string): string | undefined => /for key '(?:\w+\.)?(\w+)'$/.exec(text)?.[1];

/** `... UNIQUE constraint failed: payers.manager_id, payers.code` */
const listedColumns = (text: string): string | undefined => /UNIQUE constraint failed: ([\w., ]+)$/.exec(text)?.[1];

const columnList = (name: UniqueConstraint): string =>
  uniqueConstraints[name].columns.map((column) => `${uniqueConstraints[name].table}.${column}`).join(', ');

/**
 * The unique constraint that a failed statement broke, if it is one of those above. The drivers tell it nowhere but in
 * the message; of that only the name, or the columns, are read, and only where the code says what kind of failure it is.
 */
export function brokenConstraint(error: unknown): UniqueConstraint | undefined {
  if (!isUniqueViolation(error)) return undefined;
  const { sqlMessage, message = '' } = driverError(error);
  const key = namedKey(sqlMessage ?? '');
  const columns = listedColumns(message);
  return names.find((name) => (key === undefined ? columnList(name) === columns : name === key));
}
