import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startDatabaseProcess } from './database-process.mjs';
import { inCache } from './folders.mjs';
import { findProgram, freePort, run } from './processes.mjs';
import { say } from './say.mjs';

/** Where no MySQL can be had; the message says why. */
export class MySqlMissing extends Error {}

/** The data of a test lives for minutes: nothing is forced to the disk at each commit, nothing is written twice. */
const tuning = [
  '--skip-log-bin',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=OFF',
  '--innodb-flush-method=nosync',
  '--innodb-buffer-pool-size=256M',
  '--performance-schema=OFF',
  '--mysqlx=OFF',
  '--max-connections=300',
];

/**
 * A program that starts MySQL (not MariaDB, which answers to the same name): the machine's own `mysqld`, else the one
 * in a small Debian of its own in the user's cache, made at the first time. Throws `MySqlMissing` where neither is.
 *
 * @returns `{ command, temporary, inside }`: the words of the command, a folder for data as we see it, and how the
 *   server sees a path of ours.
 */
export async function findMySql() {
  const own = findProgram('mysqld');
  if (own && isMySql(own)) return { command: [own], temporary: tmpdir(), inside: (path) => path };
  const folder = inCache('mysql');
  if (process.platform !== 'linux' || process.getuid() !== 0) {
    throw new MySqlMissing(
      'There is no mysqld on the PATH, and only root on Debian can get one: MySQL was not tested.',
    );
  }
  if (!existsSync(folder)) await makeDebianWithMySql(folder);
  return {
    command: ['chroot', folder, '/usr/sbin/mysqld'],
    temporary: join(folder, 'tmp'),
    inside: (path) => path.slice(folder.length),
  };
}

/** Starts a private, empty MySQL on a free port of the loopback address; its only user is root, without a password. */
export async function startMySql() {
  const { command, temporary, inside } = await findMySql();
  const folder = await mkdtemp(join(temporary, 'iiportal-mysql-'));
  try {
    const [program, ...words] = command;
    const user = process.getuid?.() === 0 ? ['--user=root'] : [];
    const args = [...words, '--no-defaults', ...user, `--datadir=${inside(join(folder, 'data'))}`];
    const { code, output } = await run(program, [...args, '--initialize-insecure']);
    if (code !== 0) throw new Error(`MySQL could not make a database folder:\n${output}`);
    const port = await freePort();
    const place = [`--port=${port}`, '--bind-address=127.0.0.1', `--socket=${inside(join(folder, 'socket'))}`];
    const pid = `--pid-file=${inside(join(folder, 'pid'))}`;
    const running = await startDatabaseProcess(
      program,
      [...args, ...place, pid, '--secure-file-priv=NULL', ...tuning],
      {
        port,
      },
    );
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

function isMySql(program) {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return Boolean(stdout) && !stdout.includes('MariaDB');
}

/** Debian's stable releases have only MariaDB; its unstable one has MySQL, in a folder that touches nothing else. */
async function makeDebianWithMySql(folder) {
  const debootstrap = findProgram('debootstrap') ?? (await installDebootstrap());
  say('Getting MySQL from Debian unstable (600 MB), which takes about a minute.');
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}-`);
  const { code, output } = await run(debootstrap, ['--variant=minbase', '--include=mysql-server-core', 'sid', work]);
  if (code === 0 && existsSync(join(work, 'usr/sbin/mysqld'))) return rename(work, folder);
  await rm(work, { recursive: true, force: true });
  const reason = output.trim().split('\n').at(-1);
  throw new MySqlMissing(`Debian unstable gave no MySQL now (${reason}): MySQL was not tested.`);
}

async function installDebootstrap() {
  const apt = findProgram('apt-get');
  if (apt) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run(apt, ['-q', '-y', 'update'], { env });
    await run(apt, ['-q', '-y', 'install', '--no-install-recommends', 'debootstrap'], { env });
  }
  const program = findProgram('debootstrap');
  if (!program)
    throw new MySqlMissing('There is no mysqld on the PATH and no debootstrap to get one: MySQL was not tested.');
  return program;
}
