import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findElectron, sandboxFlags } from '../../scripts/lib/electron.mjs';
import { startOwnSession } from '../../scripts/lib/own-session.mjs';

/** What an end-to-end test starts the real application with. */
export interface Desktop {
  readonly electron: string;
  readonly flags: string[];
  /** The whole environment: a session of its own, with a display and a keyring, on Linux. */
  readonly env: Record<string, string>;
}

declare module 'vitest' {
  interface ProvidedContext {
    desktop: Desktop;
  }
}

/** Vitest's global setup of the end-to-end tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const electron = findElectron();
  if (!electron) throw new Error('There is no Electron: run "npm run setup" first.');
  const { flags, why } = sandboxFlags();
  if (why) process.stdout.write(`${why}\n`);
  if (process.platform !== 'linux') {
    project.provide('desktop', { electron: electron.path, flags, env: defined(process.env) });
    return () => Promise.resolve();
  }
  const keyring = await mkdtemp(join(tmpdir(), 'iiportal-keyring-'));
  const session = await startOwnSession({ bus: true, display: true, keyring, password: 'test' });
  project.provide('desktop', { electron: electron.path, flags, env: defined(session.env) });
  return async () => {
    await session.stop();
    await rm(keyring, { recursive: true, force: true });
  };
}

function defined(env: Record<string, string | undefined>): Record<string, string> {
  const entries = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
