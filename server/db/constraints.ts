import { UniqueViolationError } from 'objection';

/**
 * The unique constraints that a caller can run into, by name. MySQL reports a broken one by its name, SQLite by its
 * table and columns, so both are written down here once; a test compares them with what the migrations made.
 */
export const uniqueConstraints = {
  accounts_email_uq: { table: 'accounts', columns: ['email'] },
  sessions_account_uq: { table: 'sessions', columns: ['account_id'] },
  payers_code_uq: { table: 'payers', columns: ['manager_id', 'code'] },
  slips_number_uq: { table: 'slips', columns: ['manager_id', 'number'] },
  mails_message_uq: { table: 'mails', columns: ['message_id'] },
} as const satisfies Record<string, { table: string; columns: readonly string[] }>;

export type UniqueConstraint = keyof typeof uniqueConstraints;

const names = Object.keys(uniqueConstraints) as UniqueConstraint[];

const byColumns = (table: string, columns: readonly string[]): UniqueConstraint | undefined =>
  names.find((name) => {
    const constraint = uniqueConstraints[name];
    return constraint.table === table && constraint.columns.join() === columns.join();
  });

/**
 * The unique constraint that a failed statement broke, if it is one of those above. MySQL puts the table before the
 * name (accounts.accounts_email_uq), MariaDB does not.
 */
export function brokenConstraint(error: unknown): UniqueConstraint | undefined {
  if (!(error instanceof UniqueViolationError)) return undefined;
  const { constraint, table, columns } = error as { constraint?: string; table?: string; columns?: string[] };
  if (constraint === undefined) return byColumns(table ?? '', columns ?? []);
  const name = constraint.slice(constraint.lastIndexOf('.') + 1);
  return names.find((known) => known === name);
}
