import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { inject } from 'vitest';

export interface TestDatabase {
  /** What DATABASE_URL would say. */
  readonly url: string;
  /** A folder of the test's own. */
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

async function ask(server: string, sql: string): Promise<void> {
  const connection = await createConnection(server);
  await connection.query(sql);
  await connection.end();
}

/** An empty database of the kind that TEST_DATABASE names: a file, or a fresh one on the run's private server. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-test-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  const server = inject('databaseServer');
  if (server === undefined) return { url: `sqlite:${join(folder, 'test.db')}`, folder, remove: removeFolder };
  const name = `test_${randomBytes(6).toString('hex')}`;
  await ask(server, `create database ${name} character set utf8mb4 collate utf8mb4_slovenian_ci`);
  return {
    url: `${server}/${name}`,
    folder,
    remove: async () => {
      await ask(server, `drop database ${name}`);
      await removeFolder();
    },
  };
}
