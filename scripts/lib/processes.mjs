import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';

const windows = process.platform === 'win32';

/** Where servers live that an ordinary user's PATH leaves out. */
const systemFolders = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin', '/opt/homebrew/bin'];

/** The full path of the first of these programs that this machine has, else undefined. */
export function findProgram(...names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...(windows ? [] : systemFolders)];
  for (const name of names) {
    for (const folder of folders) {
      const file = join(folder, windows ? `${name}.exe` : name);
      if (folder && existsSync(file)) return file;
    }
  }
  return undefined;
}

/** A TCP port of the loopback address that nobody listens on at this moment. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Runs a program to its end and answers `{ code, output }`; both streams go into `output`, or straight to the
 * terminal with `{ show: true }`. It never throws because of the exit code.
 */
export async function run(program, args, { show = false, ...options } = {}) {
  const child = spawn(program, args, {
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    ...options,
  });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(127);
    });
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  return { code, output };
}

export const isRunning = (child) => child.exitCode === null && child.signalCode === null;

/** Asks a child to end and waits for it; ends it by force when it does not within the given time. */
export async function stopChild(child, { patience = 10_000 } = {}) {
  if (child.pid === undefined || !isRunning(child)) return;
  const ended = once(child, 'exit');
  // Windows has no signals: a child that is killed there would leave its own children behind.
  if (windows) spawn('taskkill', ['/PID', `${child.pid}`, '/T', '/F'], { stdio: 'ignore' });
  else child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), patience);
  await ended;
  clearTimeout(force);
}
