import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import { damagedPolicy, noPolicy } from '../../../src-main/policy/policy.ts';
import type { Policy } from '../../../src-main/policy/policy.ts';
import { policyFile, policyPlace, readPolicy } from '../../../src-main/policy/read-policy.ts';
import { registryValues } from '../../../src-main/policy/registry.ts';
import { FakeKeytar } from '../../helpers/fake-keytar.ts';
import { startMainProcess } from '../../helpers/main-process.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { startPortalStandIn } from '../../helpers/portal-stand-in.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

const pinned: Policy = {
  ...{ state: 'pinned', portal: 'https://portal.vzorec.si', by: 'Služba za informatiko' },
  updates: true,
};
const own = process.getuid?.() ?? null;
let file: string;

beforeEach(async () => {
  file = join(await temporaryFolder(), 'iiportal', 'policy.json');
  await mkdir(dirname(file), { mode: 0o755 });
});

async function read(text: string | null, owner = own): Promise<Policy> {
  if (text !== null) await writeFile(file, text, { mode: 0o644 });
  return readPolicy({ file, owner }, memoryLog().log);
}

describe("the administrator's file", () => {
  test('is not there: there is no policy', async () => {
    expect(await read(null)).toEqual(noPolicy);
    file = join(file, 'below-nothing', 'policy.json');
    expect(await read(null)).toEqual(noPolicy);
  });

  test('pins the portal, and may say who did', async () => {
    expect(await read('{ "portal": "portal.vzorec.si", "setBy": " Služba za informatiko " }')).toEqual(pinned);
    expect(await read('{ "portal": "https://portal.vzorec.si/" }')).toEqual({ ...pinned, by: null });
  });

  test('may turn updates off, and that alone', async () => {
    expect(await read('{ "updates": false }')).toEqual({ state: 'none', updates: false });
    expect(await read('{ "portal": "portal.vzorec.si", "updates": false }')).toMatchObject({
      ...{ state: 'pinned', updates: false },
    });
  });

  test.each([
    '',
    '{ "updates": "off" }',
    '{ "setBy": "X" }',
    '{',
    'null',
    '[]',
    '{}',
    '{ "portal": null }',
    '{ "portal": "" }',
    '{ "portal": "http://portal.vzorec.si" }',
    '{ "portal": "https://ana:geslo@portal.vzorec.si" }',
    '{ "portal": "https://portal.vzorec.si", "setBy": 1 }',
    '{ "portal": "https://portal.vzorec.si", "portals": [] }',
    `{ "portal": "https://portal.vzorec.si", "setBy": "${'x'.repeat(121)}" }`,
  ])('%s is damaged', async (text) => {
    expect(await read(text)).toEqual(damagedPolicy);
  });

  test.skipIf(own === null)('counts only where nobody else can change it', async () => {
    const good = '{ "portal": "portal.vzorec.si" }';
    expect(await read(good)).toMatchObject({ state: 'pinned' });
    expect(await read(good, own! + 1), "another user's").toEqual(damagedPolicy);
    await chmod(file, 0o666);
    expect(await read(null), 'writable by all').toEqual(damagedPolicy);
    await chmod(file, 0o644);
    await chmod(dirname(file), 0o777);
    expect(await read(null), 'replaceable by all').toEqual(damagedPolicy);
    await chmod(dirname(file), 0o755);
    expect(await read(null)).toMatchObject({ state: 'pinned' });
  });

  test.skipIf(own === null)('is judged where it really lies, and not where a link to it does', async () => {
    const open = join(await temporaryFolder(), 'open');
    await mkdir(open);
    await chmod(open, 0o777);
    await writeFile(join(open, 'policy.json'), '{ "portal": "portal.tujec.si" }', { mode: 0o644 });
    await symlink(join(open, 'policy.json'), file);
    expect(await read(null)).toEqual(damagedPolicy);
  });

  test('that is a folder, or a link in a circle, is damaged and not absent', async () => {
    await mkdir(file);
    expect(await read(null)).toEqual(damagedPolicy);
    file = `${file}-circle`;
    await symlink(file, file);
    expect(await read(null)).toEqual(damagedPolicy);
  });

  test('lies where only administrators write', () => {
    expect(policyFile('linux', {})).toBe('/etc/iiportal/policy.json');
    expect(policyFile('darwin', {})).toBe('/Library/Application Support/iiPortal/policy.json');
    expect(policyFile('win32', { ProgramFiles: 'D:\\Programi' })).toBe('D:\\Programi\\iiPortal\\policy.json');
  });

  test('is another one only in a program that is being developed', () => {
    const computer = { platform: 'linux', env: { IIPORTAL_POLICY_FILE: '/tmp/p.json' }, getuid: () => 1000 } as const;
    expect(policyPlace(computer, true)).toEqual({ file: '/etc/iiportal/policy.json', owner: 0 });
    expect(policyPlace(computer, false)).toEqual({ file: '/tmp/p.json', owner: 1000 });
  });
});

describe("Windows' registry", () => {
  const printed = [
    '',
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\iiPortal',
    '    Portal    REG_SZ    https://portal.vzorec.si',
    '    SetBy    REG_SZ    Informatika, Upravnik Vzorec d.o.o.',
    '    Updates    REG_DWORD    0x0',
    '    Other    REG_DWORD    0x1',
    '',
  ].join('\r\n');

  test('gives the values of the key', () => {
    expect(registryValues(printed)).toEqual({
      portal: 'https://portal.vzorec.si',
      setBy: 'Informatika, Upravnik Vzorec d.o.o.',
      updates: false,
    });
    expect(registryValues('\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\iiPortal\r\n\r\n')).toBeNull();
  });

  test('goes before the file, and is damaged by what is no portal', async () => {
    await writeFile(file, '{ "portal": "portal.drugi.si" }', { mode: 0o644 });
    const from = (values: unknown) =>
      readPolicy({ file, owner: own, readRegistry: () => Promise.resolve(values) }, memoryLog().log);
    expect(await from(registryValues(printed))).toMatchObject({ portal: 'https://portal.vzorec.si' });
    expect(await from({ portal: 'ftp://portal.vzorec.si' })).toEqual(damagedPolicy);
    expect(await from({ setBy: 'X' })).toEqual(damagedPolicy);
    expect(await from(null)).toMatchObject({ portal: 'https://portal.drugi.si' });
  });
});

describe('under a policy', () => {
  const credentials = { email: 'ana@primer.si', password: 'x' };

  async function signedIn() {
    const [portal, other] = [await startPortalStandIn(), await startPortalStandIn()];
    const [keytar, userData] = [new FakeKeytar(), await temporaryFolder()];
    const start = (policy?: Policy) =>
      startMainProcess({ userData, keytar, portal: portal.origin, ...(policy && { policy }) });
    const main = await start();
    expect(await main.send(channels.signIn, credentials)).toMatchObject({ ok: true });
    return { portal, other, keytar, start };
  }

  test('the pinned portal is the one that is asked, and cannot be changed', async () => {
    const { portal, other, start } = await signedIn();
    const main = await start({ state: 'pinned', portal: other.origin, by: 'Informatika', updates: true });
    portal.requests.length = 0;
    expect(await main.send(channels.portalGet)).toEqual({
      address: other.origin,
      policy: { state: 'pinned', by: 'Informatika' },
    });
    expect(await main.send(channels.portalSet, portal.origin)).toMatchObject({ problem: { code: 'portal_pinned' } });
    expect((await main.get('/api/v1/session')).status, 'the session of another portal').toBe(401);
    expect(await main.send(channels.signIn, credentials)).toMatchObject({ ok: true });
    expect((await main.get('/api/v1/session')).status).toBe(200);
    expect(other.requests.every(({ headers }) => headers.authorization !== 'Bearer token-2')).toBe(true);
    expect(portal.requests).toEqual([]);
    expect(main.settings.get().portal, 'what the person chose').toBe(portal.origin);
  });

  test('a damaged one asks no portal at all, and takes nothing away', async () => {
    const { portal, other, keytar, start } = await signedIn();
    const before = new Map(keytar.entries);
    const main = await start(damagedPolicy);
    for (const { requests } of [portal, other]) requests.length = 0;
    expect(await main.send(channels.portalGet)).toEqual({ address: null, policy: { state: 'damaged' } });
    expect(await main.send(channels.portalSet, other.origin)).toMatchObject({ problem: { code: 'portal_pinned' } });
    expect(await main.send(channels.signIn, credentials)).toMatchObject({ ok: false });
    for (const path of ['portal', 'session', 'slips']) {
      expect((await main.get(`/api/v1/${path}`)).ok, path).toBe(false);
    }
    expect([...portal.requests, ...other.requests]).toEqual([]);
    expect(keytar.entries).toEqual(before);
    // Once it has been put right, everything is as it was.
    expect((await (await start()).get('/api/v1/session')).status).toBe(200);
  });
});
