import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabaseProcess } from './database-process.mjs';
import { findProgram, freePort, run } from './processes.mjs';

/**
 * Made for tests: the data lives for minutes, so nothing is forced to the disk at each commit, nothing is written twice,
 * and the logs start small. What a query sees and what a transaction guarantees is not changed by any of these.
 */
const tuning = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=0',
  '--innodb-log-file-size=64M',
  '--innodb-buffer-pool-size=256M',
  '--skip-log-bin',
  '--performance-schema=OFF',
  // A table is made or dropped twice as fast.
  '--debug-no-sync',
  '--skip-sync-frm',
  '--skip-name-resolve',
  '--max-connections=300',
];

const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];

/**
 * Starts a private, empty MariaDB in a temporary folder on a free port of the loopback address.
 * Its only user is root, without a password. `stop` ends it and removes the folder.
 */
export async function startMariaDb() {
  const server = findProgram('mariadbd');
  const installer = findProgram('mariadb-install-db');
  if (!server || !installer) {
    throw new Error('The tests on MariaDB need mariadbd on the PATH: install MariaDB 10.11 or newer (mariadb.org).');
  }
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-mariadb-'));
  try {
    const data = join(folder, 'data');
    await install(installer, data);
    const port = await freePort();
    const socket = `--socket=${process.platform === 'win32' ? `iiportal-${port}` : join(folder, 'socket')}`;
    const args = [
      '--no-defaults',
      ...asRoot,
      `--datadir=${data}`,
      // A server that starts deletes the temporary tables in its folder: in a shared one, those of others at work.
      `--tmpdir=${data}`,
      socket,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
    ];
    const running = await startDatabaseProcess(server, [...args, ...tuning], { port });
    const stop = async () => {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    };
    return { url: `mysql://root@127.0.0.1:${port}`, stop };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function install(installer, data) {
  // The Windows installer is another program with the same name and fewer options.
  const args =
    process.platform === 'win32'
      ? [`--datadir=${data}`]
      : [
          '--no-defaults',
          ...asRoot,
          `--datadir=${data}`,
          '--auth-root-authentication-method=normal',
          '--skip-test-db',
          '--innodb-log-file-size=16M',
        ];
  const { code, output } = await run(installer, args);
  if (code !== 0) throw new Error(`${installer} could not make a database folder:\n${output}`);
}
