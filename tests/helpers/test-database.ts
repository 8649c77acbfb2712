import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
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

async function ask(server: string, ...statements: string[]): Promise<void> {
  const connection = await createConnection({ uri: server, multipleStatements: true });
  for (const sql of statements) await connection.query(sql);
  await connection.end();
}

interface TestDatabaseOptions {
  /** As the migrations leave it, without running them once more. */
  readonly migrated?: boolean;
}

/**
 * A database of the kind that TEST_DATABASE names, empty unless asked otherwise: a file, or a fresh one on the run's
 * private server.
 */
export async function createTestDatabase({ migrated = false }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-test-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  const server = inject('databaseServer');
  const template = inject('databaseTemplate');
  if (server === undefined) {
    const file = join(folder, 'test.db');
    if (migrated) await copyFile(template, file);
    return { url: `sqlite:${file}`, folder, remove: removeFolder };
  }
  const name = `test_${randomBytes(6).toString('hex')}`;
  const create = `create database ${name} character set utf8mb4 collate utf8mb4_slovenian_ci`;
  await ask(server, create, ...(migrated ? [`use ${name}`, template] : []));
  return {
    url: `${server}/${name}`,
    folder,
    remove: async () => {
      await ask(server, `drop database ${name}`);
      await removeFolder();
    },
  };
}
