import type { DatabaseServer } from './mariadb.mjs';

/** Where no MySQL can be had; the message says why. */
export class MySqlMissing extends Error {}

/** Starts a private, empty MySQL on a free port of the loopback address; throws `MySqlMissing` where none can be had. */
export function startMySql(): Promise<DatabaseServer>;
