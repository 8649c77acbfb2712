import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, posix, win32 } from 'node:path';
import type { Logger } from '../log.ts';
import { damagedPolicy, noPolicy, policyOf } from './policy.ts';
import type { Policy } from './policy.ts';
import { readRegistry } from './registry.ts';

/** Where a computer's administrator, and nobody else who works at it, can put a file for all its users. */
export function policyFile(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  // Not the shared %ProgramData%: any user may make a folder there, and would lay down the portal of all the others.
  if (platform === 'win32') {
    return win32.join(env['ProgramW6432'] ?? env['ProgramFiles'] ?? 'C:\\Program Files', 'iiPortal', 'policy.json');
  }
  return posix.join(platform === 'darwin' ? '/Library/Application Support/iiPortal' : '/etc/iiportal', 'policy.json');
}

type Computer = Pick<NodeJS.Process, 'platform' | 'env' | 'getuid'>;

/** Where this program looks. One that is being developed can be shown another file, of the developer's own. */
export function policyPlace({ platform, env, getuid }: Computer, isPackaged: boolean): PolicyPlace {
  const tried = isPackaged ? undefined : env['IIPORTAL_POLICY_FILE'];
  if (platform === 'win32') {
    return { file: tried ?? policyFile(platform, env), owner: null, readRegistry: () => readRegistry(env) };
  }
  return { file: tried ?? policyFile(platform, env), owner: tried && getuid ? getuid() : root };
}

const root = 0;

export interface PolicyPlace {
  readonly file: string;
  /** Who must own file and folder (0, root), where owners are checked; null where the system's folder is trusted. */
  readonly owner: number | null;
  /** The values of the registry's key, on Windows alone; null where there is none. */
  readonly readRegistry?: () => Promise<unknown>;
}

/**
 * What the administrator has laid down. A file that is there and cannot be read, understood or trusted is not the same
 * as none: who pinned the portal did not want any other to be asked.
 */
export async function readPolicy({ file, owner, readRegistry }: PolicyPlace, log: Logger): Promise<Policy> {
  try {
    const registered = await readRegistry?.();
    if (registered) return policyOf(registered);
    const text = await readTrusted(file, owner);
    return text === null ? noPolicy : policyOf(JSON.parse(text));
  } catch (error) {
    log.error('policy_damaged', { error });
    return damagedPolicy;
  }
}

async function readTrusted(file: string, owner: number | null): Promise<string | null> {
  const path = await realpath(file).catch(nothingThere);
  if (path === null) return null;
  if (owner !== null) for (const each of [path, dirname(path)]) await requireOwned(each, owner);
  return await readFile(path, 'utf8');
}

function nothingThere(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}

const writableByOthers = 0o022;

/** What its user can write is no word of the administrator. */
async function requireOwned(path: string, owner: number): Promise<void> {
  const { uid, mode } = await stat(path);
  if (uid !== owner || (mode & writableByOthers) !== 0) throw new Error('others than the administrator can change it');
}
