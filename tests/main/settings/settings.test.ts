import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { isOnThisComputer, portalOrigin } from '../../../src-main/settings/portal-address.ts';
import { presetPortal } from '../../../src-main/settings/preset-portal.ts';
import { openSettings, withColumns } from '../../../src-main/settings/settings.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';

let path: string;
const open = () => openSettings(path, memoryLog().log);

beforeEach(async () => {
  path = join(await temporaryFolder(), 'settings.json');
});

describe('the settings', () => {
  test('begin with Slovene, no portal, and are kept', async () => {
    const settings = await open();
    expect(settings.get()).toMatchObject({ portal: null, language: 'sl', theme: 'system', signedIn: null });
    await settings.change({ language: 'en', portal: 'https://portal.vzorec.si' });
    expect((await open()).get()).toEqual(settings.get());
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('of an older version are taken as they are; what locks the cache is kept', async () => {
    const older = {
      version: 1,
      profileId: '0011223344556677',
      portal: 'https://portal.vzorec.si',
      signedIn: { portal: 'https://portal.vzorec.si', accountId: 'a'.repeat(32) },
      language: 'en',
      theme: 'dark',
    };
    await writeFile(path, JSON.stringify(older));
    const settings = await open();
    expect(settings.get()).toEqual({ ...older, fetchAhead: true, columns: {} });
    const locked = { ...older.signedIn, lockedUntil: '2026-12-23T08:00:00.000Z' };
    await settings.change({ signedIn: locked });
    expect((await open()).get()).toEqual({ ...older, fetchAhead: true, columns: {}, signedIn: locked });
  });

  test('keep which columns of a table were chosen, until they are those of the table again', async () => {
    const settings = await open();
    await settings.change(withColumns(settings.get(), { table: 'payers', columns: ['code', 'email'] }));
    await settings.change(withColumns(settings.get(), { table: 'runs', columns: ['period'] }));
    expect((await open()).get().columns).toEqual({ payers: ['code', 'email'], runs: ['period'] });
    await settings.change(withColumns(settings.get(), { table: 'payers', columns: null }));
    expect((await open()).get().columns).toEqual({ runs: ['period'] });
  });

  test.each([
    ['cut off', '{"version":1,"profileI'],
    ['empty', ''],
    ['of another version', '{"version":2}'],
    [
      'with a value that is none',
      '{"version":1,"profileId":"0011223344556677","portal":null,"signedIn":null,"language":"de","theme":"dark"}',
    ],
    [
      'with a portal to which a password would travel in the clear',
      '{"version":1,"profileId":"0011223344556677","portal":"http://portal.vzorec.si","signedIn":null,"language":"en","theme":"dark"}',
    ],
  ])('%s are set aside, and the defaults hold', async (_, text) => {
    await writeFile(path, text);
    const settings = await open();
    expect(settings.get().language).toBe('sl');
    expect(settings.wasDamaged).toBe(true);
    const aside = (await readdir(join(path, '..'))).filter((name) => name !== 'settings.json');
    expect(aside).toEqual([expect.stringMatching(/^settings\.damaged-[0-9TZ.-]+\.json$/)]);
    expect(await readFile(join(path, '..', aside[0]!), 'utf8')).toBe(text);
    await settings.change({ theme: 'dark' });
    expect((await open()).get().theme).toBe('dark');
  });

  test('hold in memory when the disk refuses', async () => {
    const { log, lines } = memoryLog();
    const settings = await openSettings(path, log);
    // A folder in the file's place refuses the rename, for root too.
    await mkdir(join(path, 'in the way'), { recursive: true });
    await settings.change({ theme: 'dark' });
    expect(settings.get().theme).toBe('dark');
    expect(lines.join('')).toContain('settings_not_saved');
    expect((await openSettings(path, log)).get().theme).toBe('system');
  });

  test('changed many times at once, the last change is on the disk', async () => {
    const settings = await open();
    await Promise.all(['a', 'b', 'c'].map((name) => settings.change({ portal: `https://${name}.si` })));
    expect((await open()).get().portal).toBe('https://c.si');
    expect(await readdir(join(path, '..'))).toEqual(['settings.json']);
  });
});

describe('the address of a portal', () => {
  test.each([
    ['portal.vzorec.si', 'https://portal.vzorec.si'],
    ['  https://Portal.Vzorec.si/prijava?x=1#y ', 'https://portal.vzorec.si'],
    ['https://portal.vzorec.si:8443/', 'https://portal.vzorec.si:8443'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
    ['http://[0:0:0:0:0:0:0:1]:3000', 'http://[::1]:3000'],
    ['http://127.9.8.7:3000', 'http://127.9.8.7:3000'],
    ['http://127.1:3000', 'http://127.0.0.1:3000'],
    ['upravnik-šmarje.si', 'https://xn--upravnik-marje-y0c.si'],
  ])('%s is %s', (typed, origin) => {
    expect(portalOrigin(typed)).toBe(origin);
  });

  test.each([
    'http://portal.vzorec.si',
    'http://127.0.0.1.vzorec.si',
    'http://localhost.vzorec.si',
    'http://localhost.',
    'http://xlocalhost',
    'http://0.0.0.0:3000',
    'http://128.0.0.1:3000',
    'http://[::2]:3000',
    'http://[::ffff:192.168.1.1]:3000',
    'http://[fe80::1]:3000',
    'http://localhost@portal.vzorec.si',
    'ws://localhost:3000',
    'ftp://portal.vzorec.si',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://ana:geslo@portal.vzorec.si',
    'https://',
    'dva naslova',
    '',
  ])('%s is none', (typed) => {
    expect(portalOrigin(typed)).toBeNull();
  });

  test.each([
    ['http://localhost:3000', true],
    ['http://127.0.0.1:3000', true],
    ['https://[::1]:3000', true],
    ['https://portal.vzorec.si', false],
    ['https://127.0.0.1.vzorec.si', false],
    [null, false],
  ])('%s is on this computer: %s', (origin, isHere) => {
    expect(isOnThisComputer(origin)).toBe(isHere);
  });

  test('can be preset from outside, if it is one', async () => {
    const settings = await open();
    const { log, lines } = memoryLog();
    await presetPortal(settings, 'http://portal.vzorec.si', log);
    expect(settings.get().portal).toBeNull();
    expect(lines.join('')).toContain('preset_portal_refused');
    await presetPortal(settings, 'https://portal.vzorec.si/', log);
    expect(settings.get().portal).toBe('https://portal.vzorec.si');
    await presetPortal(settings, undefined, log);
    expect(settings.get().portal).toBe('https://portal.vzorec.si');
  });
});
