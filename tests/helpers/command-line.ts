import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from './test-database.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the operators' command as an operator does. */
export async function iiportal(database: Pick<TestDatabase, 'folder' | 'url'>, args: readonly string[], input = '') {
  const env = { ...process.env, DATA_DIR: database.folder, DATABASE_URL: database.url, PASSWORD_COST: '10' };
  const child = spawn(process.execPath, ['server/cli/index.ts', ...args], { cwd: root, env });
  child.stdin.end(input);
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on('exit', resolve)),
  ]);
  return { out: out.trim(), err: err.trim(), code };
}
