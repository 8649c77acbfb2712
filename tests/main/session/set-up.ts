import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Keeping } from '../../../contract/desktop/api.ts';
import { channels } from '../../../contract/desktop/channels.ts';
import { markerName } from '../../../src-main/cache/cache-folder.ts';
import { FakeKeytar } from '../../helpers/fake-keytar.ts';
import { startMainProcess } from '../../helpers/main-process.ts';
import type { MainProcess, MainProcessOptions } from '../../helpers/main-process.ts';
import { json, startPortalStandIn } from '../../helpers/portal-stand-in.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

export const credentials = { email: 'ana@primer.si', password: 'Geslo123!' };

/** A portal, a keychain, a folder of user data, and programs on them: `start` is the next start of the same one. */
export async function setUp() {
  const portal = await startPortalStandIn();
  portal.answer('GET /slips', (_, response) => json(response, 200, { items: [], nextCursor: null }));
  const keytar = new FakeKeytar();
  const userData = await temporaryFolder();
  const offline = join(userData, 'offline');
  const start = (options: Partial<MainProcessOptions> = {}) =>
    startMainProcess({ userData, keytar, portal: portal.origin, ...options });
  return { portal, keytar, userData, offline, start, main: await start() };
}

export type Computer = Awaited<ReturnType<typeof setUp>>;

/** Signed in, and with something kept for offline use. */
export async function setUpSignedIn() {
  const computer = await setUp();
  await computer.main.send(channels.signIn, credentials);
  await computer.main.get('/api/v1/slips');
  return computer;
}

/** The sealed files there, without the one that says in which format they are. */
export const recordsIn = async (offline: string) => (await readdir(offline)).filter((name) => name !== markerName);

export const statusOf = async (main: MainProcess, path: string) => (await main.get(`/api/v1${path}`)).status;

export const keychainOf = async (main: MainProcess) => ((await main.send(channels.keepingStatus)) as Keeping).keychain;

/** The name of the keychain's entry of a kind: `session` or `offline key`. */
export const entry = (keytar: FakeKeytar, kind: string) =>
  [...keytar.entries.keys()].find((name) => name.endsWith(kind));
