import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export const inProject = (...names) => join(root, ...names);

/** A folder of this user, outside the project, for what is made once and serves every copy of the project. */
export function inCache(...names) {
  const base =
    process.env.XDG_CACHE_HOME ??
    {
      win32: process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'),
      darwin: join(homedir(), 'Library', 'Caches'),
    }[process.platform] ??
    join(homedir(), '.cache');
  return join(base, 'iiportal', ...names);
}
