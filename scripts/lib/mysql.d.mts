import type { DatabaseServer } from './mariadb.mjs';

/** Starts a private, empty MySQL; throws `MySqlMissing` where none can be had. */
export function startMySql(): Promise<DatabaseServer>;
