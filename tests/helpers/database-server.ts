import type { TestProject } from 'vitest/node';
import { startMariaDb, type DatabaseServer } from '../../scripts/lib/mariadb.mjs';
import { startMySql } from '../../scripts/lib/mysql.mjs';
import { makeTemplate } from './template-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `mysql://root@127.0.0.1:PORT`, the private server of this run; on SQLite there is none. */
    databaseServer: string | undefined;
    /** What a migrated database is made from: statements, or on SQLite a file to copy. */
    databaseTemplate: string;
  }
}

const starters: Record<string, (() => Promise<DatabaseServer>) | undefined> = {
  mariadb: startMariaDb,
  mysql: startMySql,
};

/**
 * Vitest's global setup: one private database server for each project that is named after one, and the migrations run
 * once, because each run of them takes as long as most test files.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await starters[project.name]?.();
  const template = await makeTemplate(server?.url);
  project.provide('databaseServer', server?.url);
  project.provide('databaseTemplate', template.text);
  return async () => {
    await template.remove();
    await server?.stop();
  };
}
