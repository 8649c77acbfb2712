export interface DatabaseServer {
  /** `mysql://root@127.0.0.1:PORT`, without a database's name. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a private, empty MariaDB in a temporary folder on a free port of the loopback address. */
export function startMariaDb(): Promise<DatabaseServer>;
