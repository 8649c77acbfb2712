import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { electronEnvironment } from './electron.mjs';
import { inProject } from './folders.mjs';
import { runTool } from './packages.mjs';

/** What the built client (out/) is made of. */
const sources = [
  'contract',
  'src-main',
  'src-renderer',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];
/** Says for which Electron out/ was built, and by its time when. */
const stamp = inProject('out', 'built-for');

/** Builds the client into out/, unless it is there for this Electron and no source is newer; answers as `run` does. */
export async function buildClient(electron) {
  if (isBuilt(electron)) return { code: 0, output: '' };
  const result = await runTool('electron-vite/bin/electron-vite.js', ['build'], { env: electronEnvironment(electron) });
  if (result.code === 0) writeFileSync(stamp, electron.version);
  return result;
}

function isBuilt(electron) {
  const built = statSync(stamp, { throwIfNoEntry: false });
  if (!built || readFileSync(stamp, 'utf8') !== electron.version) return false;
  return sources.every((name) => changedAt(inProject(name)) < built.mtimeMs);
}

/** The time of the last change in this file or folder, in milliseconds; 0 where there is none. */
function changedAt(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? 0;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}
