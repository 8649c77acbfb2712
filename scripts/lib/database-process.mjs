import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, stopChild } from './processes.mjs';

/**
 * Starts a database server and waits until it greets. A MySQL server speaks first, so one byte means that it is ready;
 * a port that only accepts would not. Throws with the end of its log when it ends or stays silent.
 */
export async function startDatabaseProcess(program, args, { port, patience = 60_000 }) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const keep = (chunk) => (log = (log + chunk).slice(-4000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => keep(error.message));
  // A run that is broken off must not leave a server behind.
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.removeListener('exit', endWithUs));

  const until = Date.now() + patience;
  while (!(await greets(port))) {
    if (!isRunning(child) || child.pid === undefined || Date.now() > until) {
      if (child.pid !== undefined) await stopChild(child);
      throw new Error(`The database server ${program} did not start:\n${log}`);
    }
    await sleep(50);
  }
  return { stop: () => stopChild(child, { patience: 30_000 }) };
}

function greets(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1000 });
    const answer = (value) => {
      socket.destroy();
      resolve(value);
    };
    socket.once('data', () => answer(true));
    for (const failure of ['error', 'timeout', 'close']) socket.once(failure, () => answer(false));
  });
}
