import { spawn } from 'node:child_process';
import { openSync, closeSync, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './folders.mjs';
import { pinnedEnvironment, pinnedNode } from './packages.mjs';
import { freePort, isRunning } from './processes.mjs';
import { Problem } from './say.mjs';

const usualPort = 8470;

/** The port of the demonstration: the same one each time when it is free, because the client remembers the address. */
export async function choosePort() {
  const probe = createServer();
  probe.listen(usualPort, '127.0.0.1');
  const isFree = await Promise.race([
    once(probe, 'listening').then(() => true),
    once(probe, 'error').then(() => false),
  ]).catch(() => false);
  if (!isFree) return freePort();
  probe.close();
  await once(probe, 'close');
  return usualPort;
}

/** Starts the server on this port of the loopback address and waits until it is ready; its log goes to the folder. */
export async function startServer(dataFolder, port) {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const logFile = join(dataFolder, 'server.log');
  const log = openSync(logFile, 'a', 0o600);
  const address = `http://127.0.0.1:${port}`;
  const env = { ...pinnedEnvironment(), DATA_DIR: dataFolder, HOST: '127.0.0.1', PORT: `${port}`, PUBLIC_URL: address };
  const child = spawn(pinnedNode, ['server/index.ts'], { cwd: root, env, stdio: ['ignore', log, log] });
  closeSync(log);
  const until = Date.now() + 30_000;
  while (!(await isReady(address))) {
    if (!isRunning(child) || Date.now() > until) {
      child.kill('SIGKILL');
      throw new Problem(`The server did not start: the end of ${logFile} says why.`);
    }
    await sleep(100);
  }
  return { child, address };
}

async function isReady(address) {
  try {
    return (await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}
