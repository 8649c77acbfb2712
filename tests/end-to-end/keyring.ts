import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import type { App } from './app.ts';

const run = promisify(execFile);

/** Run by a process of its own, which has the bus of the test's session: the library reads it from the environment. */
const list = `
  const { default: keytar } = await import('keytar');
  console.log(JSON.stringify(await keytar.findCredentials('iiPortal')));
`;

export interface Credential {
  readonly account: string;
  readonly password: string;
}

/** All that iiPortal keeps in the real keyring for this portal; other stories have portals of their own. */
export async function readKeyring(portal: string): Promise<Credential[]> {
  const { env } = inject('desktop');
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', list], { env });
  return (JSON.parse(stdout) as Credential[]).filter(({ account }) => account.startsWith(portal));
}

/** What this application keeps there: the names of its entries, and its session token. */
export async function readOwnKeyring(
  portal: string,
  app: App,
): Promise<{ names: string[]; token: string | undefined }> {
  const settings = await readFile(join(app.profile, 'settings.json'), 'utf8');
  const { profileId } = JSON.parse(settings) as { profileId: string };
  const own = `${portal} ${profileId} `;
  const entries = await readKeyring(own);
  const session = entries.find(({ account }) => account === `${own}session`);
  return {
    names: entries.map(({ account }) => account.slice(own.length)).sort(),
    token: session && (JSON.parse(session.password) as { token: string }).token,
  };
}

/** The session token, which nothing but the keyring and the main process may hold. */
export async function readToken(portal: string): Promise<string> {
  const entries = await readKeyring(portal);
  const session = entries.find(({ account }) => account.endsWith(' session'));
  const { token } = JSON.parse(session?.password ?? '{}') as { token?: string };
  if (!token) throw new Error('the keyring holds no session');
  return token;
}
