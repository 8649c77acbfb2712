import { execFile } from 'node:child_process';
import { win32 } from 'node:path';
import { promisify } from 'node:util';

/** Where group policies (GPO, Intune) put their values. Only administrators can write there. */
const key = 'HKLM\\SOFTWARE\\Policies\\iiPortal';

const patienceMs = 10_000;

const names: Readonly<Record<string, 'portal' | 'setBy' | 'updates'>> = {
  portal: 'portal',
  setby: 'setBy',
  updates: 'updates',
};

/**
 * The values in what `reg query` prints: `    Portal    REG_SZ    https://portal.vzorec.si`, `Updates` as REG_DWORD 0x0
 * or 0x1. Null without any of ours.
 */
export function registryValues(printed: string): Readonly<Record<string, unknown>> | null {
  const values: Record<string, unknown> = {};
  for (const line of printed.split(/\r?\n/)) {
    const [, name = '', kind, value = ''] = /^\s+(\S+)\s+REG_(SZ|DWORD)\s+(.*)$/.exec(line) ?? [];
    const ours = names[name.toLowerCase()];
    if (ours) values[ours] = kind === 'DWORD' ? Number(value) !== 0 : value.trim();
  }
  return Object.keys(values).length > 0 ? values : null;
}

/**
 * Asks the system's own program: a native module for one value would be too much. It fails alike where there is no key
 * and where it may not run; the file then decides.
 */
export async function readRegistry(env: NodeJS.ProcessEnv): Promise<unknown> {
  const program = win32.join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'reg.exe');
  const answer = await promisify(execFile)(program, ['query', key], { timeout: patienceMs, windowsHide: true }).catch(
    () => null,
  );
  return answer && registryValues(answer.stdout);
}
