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
  ...['print-runs/print-jobs', 'api-docs', 'api-keys', 'csv-exports'],
].map((path) => `tests/server/${path}.test.ts`);

/**
 * How long a test, its preparation, and whatever it waits for may take: on a busy machine everything takes longer, and
 * a limit that is only just enough fails tests that have nothing wrong. What never comes is found all the same.
 */
const patience = { testTimeout: 60_000, hookTimeout: 120_000, expect: { poll: { timeout: 30_000 } } };

/** The server's tests run once for each kind of database; the project's name is the kind. */
const server = (database: 'sqlite' | 'mariadb' | 'mysql') => ({
  test: {
    name: database,
    include: ['tests/server/**/*.test.ts'],
    exclude: database === 'mysql' ? [...pure, ...shownTwice] : pure,
    env: { TEST_DATABASE: database },
    globalSetup: ['tests/helpers/database-server.ts'],
    // They keep nothing in modules: to load the server anew for each file took a third of the time.
    isolate: false,
    ...patience,
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
          ...patience,
          include: [
            'tests/contract/**/*.test.ts',
            'tests/scripts/**/*.test.ts',
            ...pure.map((path) => `${path}/*.test.ts`),
          ],
        },
      },
      { test: { name: 'main', include: ['tests/main/**/*.test.ts'], ...patience } },
      {
        plugins: [vue()],
        test: {
          name: 'renderer',
          include: ['tests/renderer/**/*.test.ts'],
          environment: 'happy-dom',
          setupFiles: ['tests/renderer/helpers/clicks.ts'],
          ...patience,
        },
      },
      server('sqlite'),
      server('mariadb'),
      server('mysql'),
      {
        test: {
          name: 'end-to-end',
          include: ['tests/end-to-end/**/*.test.ts'],
          globalSetup: ['tests/helpers/desktop.ts'],
          ...patience,
          testTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
