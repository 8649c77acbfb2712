import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, run, stopChild } from './processes.mjs';

/**
 * What a desktop has and a bare Linux has not: a session bus with a keyring, and a display that nobody sees.
 *
 * @param options `bus`, `display`: which of the two to start; `keyring`: the folder that keeps the keyring, so that the
 *   keyring of the person at the machine is never touched; `password`: opens it.
 * @returns `{ env, frame, stop }`: the environment for programs of this session, the file in which the display keeps its
 *   picture (format xwd), and how to end it.
 */
export async function startOwnSession({ bus, display, keyring, password }) {
  const children = [];
  // Sockets live here: their paths may have 107 characters at most, so the project's folder is no place for them.
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-session-'));
  const env = { ...process.env };
  const stop = async () => {
    for (const child of children.reverse()) await stopChild(child, { patience: 3000 });
    await rm(folder, { recursive: true, force: true });
  };
  try {
    if (display) children.push(await startDisplay(folder, env));
    if (bus) {
      await mkdir(keyring, { recursive: true, mode: 0o700 });
      Object.assign(env, { XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: keyring });
      children.push(await startBus(env), await startKeyring(folder, env, password));
    }
    return { env, frame: display ? join(folder, 'Xvfb_screen0') : undefined, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Xvfb, which only answers to those who know the cookie in `folder`: other users of the machine do not. */
async function startDisplay(folder, env) {
  const cookie = randomBytes(16).toString('hex');
  const served = join(folder, 'xauthority-of-server');
  await run('xauth', ['-q', '-f', served, 'add', ':0', '.', cookie]);
  const args = [
    '-displayfd',
    '3',
    '-screen',
    '0',
    '1440x900x24',
    '-nolisten',
    'tcp',
    '-auth',
    served,
    '-fbdir',
    folder,
  ];
  const child = start('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], env });
  env.DISPLAY = `:${await firstLine(child, child.stdio[3])}`;
  env.XAUTHORITY = join(folder, 'xauthority');
  await run('xauth', ['-q', '-f', env.XAUTHORITY, 'add', env.DISPLAY, '.', cookie]);
  delete env.WAYLAND_DISPLAY;
  return child;
}

async function startBus(env) {
  const args = ['--session', '--nofork', '--nopidfile', '--nosyslog', '--print-address=1'];
  const child = start('dbus-daemon', args, { stdio: ['ignore', 'pipe', 'ignore'], env });
  env.DBUS_SESSION_BUS_ADDRESS = await firstLine(child, child.stdout);
  return child;
}

async function startKeyring(folder, env, password) {
  const args = ['--foreground', '--unlock', '--components=secrets', `--control-directory=${join(folder, 'keyring')}`];
  const child = start('gnome-keyring-daemon', args, { stdio: ['pipe', 'ignore', 'ignore'], env });
  child.stdin.end(password);
  const owner = ['org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets'];
  const ask = ['--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus', ...owner];
  while (!(await run('dbus-send', ask, { env })).output.includes('true')) {
    if (!isRunning(child)) throw new Error('The keyring did not start: is gnome-keyring installed?');
    await sleep(50);
  }
  return child;
}

function start(program, args, options) {
  const child = spawn(program, args, options);
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.removeListener('exit', endWithUs));
  return child;
}

/** The first line of a stream of the child, which says where it listens. */
async function firstLine(child, stream) {
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${child.spawnfile} ended at once, with code ${code}.`)));
  });
  const [chunk] = await Promise.race([once(stream, 'data'), ended]);
  return String(chunk).split('\n')[0].trim();
}
