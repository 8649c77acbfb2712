import type { TestProject } from 'vitest/node';
import { startMariaDb, type DatabaseServer } from '../../scripts/lib/mariadb.mjs';
import { startMySql } from '../../scripts/lib/mysql.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** `mysql://root@127.0.0.1:PORT`, the private server of this run; on SQLite there is none. */
    databaseServer: string | undefined;
  }
}

const starters: Record<string, (() => Promise<DatabaseServer>) | undefined> = {
  mariadb: startMariaDb,
  mysql: startMySql,
};

/** Vitest's global setup: one private database server for each project that is named after one. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const start = starters[project.name];
  if (!start) {
    project.provide('databaseServer', undefined);
    return undefined;
  }
  const server = await start();
  project.provide('databaseServer', server.url);
  return () => server.stop();
}
