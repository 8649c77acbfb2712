import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Keeping } from '../../../contract/desktop/api.ts';
import { channels } from '../../../contract/desktop/channels.ts';
import { FakeKeytar } from '../../helpers/fake-keytar.ts';
import { startMainProcess } from '../../helpers/main-process.ts';
import { anAccount, json, startPortalStandIn } from '../../helpers/portal-stand-in.ts';
import { mountSmallDisk, whyNoSmallDisk } from '../../helpers/small-disk.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';
import { credentials, statusOf } from './set-up.ts';

const well: Keeping = { keychain: 'available', sessionWaits: false, disk: null };

/** A computer whose program has its folder on this disk. */
async function computerOn(folder: string) {
  const portal = await startPortalStandIn();
  portal.answer('GET /slips', (_, response) => json(response, 200, { items: [], nextCursor: null }));
  const keytar = new FakeKeytar();
  const userData = join(folder, 'profile');
  const start = () => startMainProcess({ userData, keytar, portal: portal.origin });
  return { portal, keytar, start, settings: join(userData, 'settings.json') };
}

const why = await whyNoSmallDisk();
if (why) process.stdout.write(`Full and read-only disks are not tested here: ${why}.\n`);

describe.skipIf(why !== null)('a disk', () => {
  test('that is full costs nothing of what is there; the person is told, and room is enough', async () => {
    const disk = await mountSmallDisk();
    const { start, portal, keytar, settings } = await computerOn(disk.folder);
    const main = await start();
    await main.send(channels.signIn, credentials);
    await main.get('/api/v1/slips');
    const [text, entries] = [await readFile(settings, 'utf8'), new Map(keytar.entries)];
    await disk.fill();

    const again = await start();
    await again.keeping.checkDisk();
    expect(again.keepings.at(-1)).toEqual({ ...well, disk: 'full' });
    expect(await statusOf(again, '/slips')).toBe(200);
    await again.send(channels.setTheme, 'dark');
    expect(again.settings.get().theme).toBe('dark');
    expect(await readFile(settings, 'utf8')).toBe(text);
    expect(keytar.entries).toEqual(entries);
    await portal.stop();
    expect(await statusOf(await start(), '/slips')).toBe(200);

    await disk.makeRoom();
    await again.keeping.look();
    expect(again.keepings.at(-1)).toEqual(well);
    expect(JSON.parse(await readFile(settings, 'utf8'))).toMatchObject({ theme: 'dark' });
  });

  test('that is full keeps nobody from signing in, or out; what was begun in memory is kept later', async () => {
    const disk = await mountSmallDisk();
    const { start, keytar, portal } = await computerOn(disk.folder);
    const main = await start();
    await disk.fill();
    await main.send(channels.signIn, credentials);
    expect(await statusOf(main, '/slips')).toBe(200);
    expect(keytar.entries.size).toBe(0);
    expect(main.keepings.at(-1)).toEqual({ ...well, disk: 'full' });
    await disk.makeRoom();
    expect(await main.send(channels.keepingRetry)).toEqual(well);
    expect(keytar.entries.size).toBe(2);
    await disk.fill();
    expect(await main.send(channels.signOut)).toEqual({ ok: true, value: null });
    expect(keytar.entries.size).toBe(0);
    await portal.stop();
    expect(await statusOf(await start(), '/session')).toBe(401);
  });

  test('that is read-only: the program starts, shows what is there and loses nothing', async () => {
    const disk = await mountSmallDisk();
    const { start, portal, keytar, settings } = await computerOn(disk.folder);
    const main = await start();
    await main.send(channels.signIn, credentials);
    await main.get('/api/v1/slips');
    const [text, entries] = [await readFile(settings, 'utf8'), new Map(keytar.entries)];
    await disk.setReadOnly(true);
    const again = await start();
    await again.keeping.checkDisk();
    expect(again.keepings.at(-1)).toEqual({ ...well, disk: 'refused' });
    portal.signInAs(anAccount, 'token-2');
    await again.send(channels.signIn, credentials);
    expect(await statusOf(again, '/slips')).toBe(200);
    expect(keytar.entries).toEqual(entries);
    await portal.stop();
    expect(await statusOf(await start(), '/slips')).toBe(200);
    expect(await readFile(settings, 'utf8')).toBe(text);
    await disk.setReadOnly(false);
    await again.keeping.look();
    expect(again.keepings.at(-1)).toEqual(well);
  });

  test('that is read-only from the first start gets nothing into the keychain that no later start would find', async () => {
    const disk = await mountSmallDisk();
    const { start, keytar } = await computerOn(disk.folder);
    await disk.setReadOnly(true);
    const main = await start();
    await main.send(channels.signIn, credentials);
    expect(await statusOf(main, '/session')).toBe(200);
    expect(keytar.entries.size).toBe(0);
    expect(main.keepings.at(-1)).toEqual({ ...well, disk: 'refused' });
  });
});

test('settings that cannot be written leave the session in memory, until they can', async () => {
  const { start, keytar, settings } = await computerOn(await temporaryFolder());
  const main = await start();
  await rm(settings);
  // A folder in the file's place refuses the rename, for root too.
  await mkdir(join(settings, 'in the way'), { recursive: true });
  await main.send(channels.signIn, credentials);
  expect(main.keepings.at(-1)).toEqual({ ...well, disk: 'refused' });
  expect(keytar.entries.size).toBe(0);
  await rm(settings, { recursive: true });
  await main.keeping.look();
  expect(main.keepings.at(-1)).toEqual(well);
  expect(keytar.entries.size).toBe(2);
  expect(await statusOf(await start(), '/session')).toBe(200);
});

test('settings that cannot be read are not damaged: nothing takes their place', async () => {
  const { start, keytar, settings } = await computerOn(await temporaryFolder());
  await mkdir(settings, { recursive: true });
  await writeFile(join(settings, 'kept'), 'as it was');
  const main = await start();
  await main.send(channels.signIn, credentials);
  expect(main.keepings.at(-1)).toEqual({ ...well, disk: 'refused' });
  expect(keytar.entries.size).toBe(0);
  expect(await readFile(join(settings, 'kept'), 'utf8')).toBe('as it was');
  expect(existsSync(`${settings}.damaged`)).toBe(false);
});
