import { spawnSync } from 'node:child_process';
import { findProgram, run } from './processes.mjs';
import { Problem, say } from './say.mjs';

/** What Electron and its keychain need of Debian and Ubuntu. */
const forElectron = 'libgtk-3-0 libnss3 libasound2 libgbm1 libxss1 libatk-bridge2.0-0 libdrm2 libsecret-1-0'.split(' ');
const forVirtualDisplay = ['xvfb', 'xauth'];
const forOwnSession = ['dbus', 'dbus-x11', 'gnome-keyring'];
/** The server programs alone: no MariaDB service of the machine is installed or started. */
const forTests = ['mariadb-server-core', 'mariadb-client-core', 'poppler-utils'];

export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
export const hasSessionBus = () => process.platform !== 'linux' || Boolean(process.env.DBUS_SESSION_BUS_ADDRESS);

/** Installs what is missing on Debian and Ubuntu; elsewhere it only says what has to be there. */
export async function ensureSystemPackages({ tests }) {
  const wanted = [
    ...forElectron,
    ...(tests || !hasDisplay() ? forVirtualDisplay : []),
    ...(tests || !hasSessionBus() ? forOwnSession : []),
    ...(tests ? forTests : []),
  ];
  if (process.platform === 'linux' && findProgram('dpkg-query')) await ensureDebianPackages(wanted);
  if (tests && !findProgram('mariadbd')) {
    throw new Problem('The tests on MariaDB need mariadbd on the PATH: install MariaDB 10.11 or newer (mariadb.org).');
  }
  if (tests && !findProgram('pdftoppm')) {
    throw new Problem('The tests of the PDFs need pdftoppm on the PATH: install Poppler (poppler.freedesktop.org).');
  }
}

async function ensureDebianPackages(wanted) {
  const missing = missingPackages(wanted, installedPackages(wanted));
  if (missing.length === 0) return;
  const names = missing.join(' ');
  const prefix = rootPrefix();
  if (!prefix) throw new Problem(`System packages are missing: run "sudo apt-get install ${names}" and try again.`);
  say(`Installing the system packages ${names}, which takes about a minute.`);
  const apt = (...args) => {
    const [program, ...rest] = [...prefix, 'apt-get', '-q', '-y', ...args];
    return run(program, rest, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  };
  await apt('update');
  const { code, output } = await apt('install', '--no-install-recommends', ...missing.map(availableName));
  if (code !== 0) {
    say(output);
    throw new Problem(`apt-get could not install ${names}: install them yourself and try again.`);
  }
}

/** Since 2024 some libraries carry the suffix t64 (64-bit time); either name is the same library to us. */
export const missingPackages = (wanted, installed) =>
  wanted.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));

function installedPackages(wanted) {
  const format = '${db:Status-Status} ${Package}\n';
  const names = wanted.flatMap((name) => [name, `${name}t64`]);
  // It fails for every name it does not know, and still lists the others.
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', format, ...names], { encoding: 'utf8' });
  const lines = stdout.split('\n').map((line) => line.split(' '));
  return new Set(lines.filter(([state]) => state === 'installed').map(([, name]) => name));
}

function availableName(name) {
  const found = spawnSync('apt-cache', ['show', `${name}t64`], { stdio: 'ignore' });
  return found.status === 0 ? `${name}t64` : name;
}

/** What to put before a command so that it runs as root, or undefined where that needs a password. */
function rootPrefix() {
  if (process.getuid() === 0) return [];
  const sudo = findProgram('sudo');
  return sudo && spawnSync(sudo, ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? [sudo, '-n'] : undefined;
}
