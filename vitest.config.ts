import { availableParallelism } from 'node:os';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** What knows no database runs once, among the unit tests. */
const pure = ['tests/server/payments/**', 'tests/server/pdf/**', 'tests/server/documents/**'];

/**
 * What ends before the database, or what MariaDB shows as well as MySQL would: attacks, processes that are started,
 * commands, work with the outside world. It need not run a third time.
 */
const shownTwice = [
  ...['input', 'enumeration', 'injection', 'strangers', 'clock', 'meanwhile', 'tenancy', 'documents'].map(
    (name) => `misuse/${name}`,
  ),
  ...['cli', 'account-commands', 'audit-verify', 'turnstile', 'turnstile-page', 'unreachable', 'start'],
  ...['config', 'http', 'openapi', 'totp', 'passwords', 'human-check', 'mail-message', 'mail-templates'],
  'print-runs/print-jobs',
].map((path) => `tests/server/${path}.test.ts`);

/** The server's tests run once for each kind of database; the project's name is the kind. */
const server = (database: 'sqlite' | 'mariadb' | 'mysql') => ({
  test: {
    name: database,
    include: ['tests/server/**/*.test.ts'],
    exclude: database === 'mysql' ? [...pure, ...shownTwice] : pure,
    env: { TEST_DATABASE: database },
    globalSetup: ['tests/helpers/database-server.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    // Most tests wait for a database now and then: on two cores one at a time would leave a core idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'tests/contract/**/*.test.ts',
            'tests/scripts/**/*.test.ts',
            ...pure.map((path) => `${path}/*.test.ts`),
          ],
        },
      },
      { test: { name: 'main', include: ['tests/main/**/*.test.ts'] } },
      {
        plugins: [vue()],
        test: { name: 'renderer', include: ['tests/renderer/**/*.test.ts'], environment: 'happy-dom' },
      },
      server('sqlite'),
      server('mariadb'),
      server('mysql'),
      {
        test: {
          name: 'end-to-end',
          include: ['tests/end-to-end/**/*.test.ts'],
          globalSetup: ['tests/helpers/desktop.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
