import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Keeping } from '../../../contract/desktop/api.ts';
import { channels } from '../../../contract/desktop/channels.ts';
import type { Place } from '../../../src-main/keychain/secret-service.ts';
import type { MainProcess } from '../../helpers/main-process.ts';
import { anAccount, anotherAccount, json, sessionOf } from '../../helpers/portal-stand-in.ts';
import { credentials, entry, setUp, setUpSignedIn, statusOf } from './set-up.ts';
import type { Computer } from './set-up.ts';

const well: Keeping = { keychain: 'available', sessionWaits: false, disk: null };
const interaction = 'User interaction is not allowed.';
const retry = (main: MainProcess) => main.send(channels.keepingRetry) as Promise<Keeping>;
const status = (main: MainProcess) => main.send(channels.keepingStatus) as Promise<Keeping>;

/** A keyring as Linux has it, which says where an entry is without asking anybody. */
function silentKeyring({ keytar }: Pick<Computer, 'keytar'>) {
  return (): Promise<Place> => Promise.resolve(keytar.isLockedLikeLinux ? 'locked' : 'open');
}

/** The computer of somebody who was signed in, started again with the keyring locked. */
async function startLocked() {
  const computer = await setUpSignedIn();
  computer.keytar.isLockedLikeLinux = true;
  const main = await computer.start({ findSilently: silentKeyring(computer) });
  expect(await statusOf(main, '/session')).toBe(401);
  return { ...computer, main };
}

describe('a keychain that is locked at the start', () => {
  test('says so, and that a session waits', async () => {
    const { main } = await startLocked();
    expect(main.keepings).toEqual([{ ...well, keychain: 'locked', sessionWaits: true }]);
    expect(await status(main)).toEqual(main.keepings[0]);
  });

  test('unlocked later, is read when somebody comes back to the window, and what was kept is there', async () => {
    const { main, keytar, portal } = await startLocked();
    keytar.isLockedLikeLinux = false;
    await main.keeping.look();
    expect(main.keepings.at(-1)).toEqual(well);
    await portal.stop();
    expect(await statusOf(main, '/slips')).toBe(200);
  });

  test('makes nobody type its password because the window has got the focus', async () => {
    const { main, keytar } = await startLocked();
    keytar.calls.length = 0;
    for (let time = 0; time < 3; time++) await main.keeping.look();
    expect(keytar.calls).toEqual([]);
    expect(await status(main)).toEqual({ ...well, keychain: 'locked', sessionWaits: true });
  });

  test('is asked for once by the button, which may open the dialog', async () => {
    const { main, keytar } = await startLocked();
    keytar.calls.length = 0;
    expect(await retry(main)).toEqual({ ...well, keychain: 'locked', sessionWaits: true });
    expect(keytar.calls).toEqual([`get ${entry(keytar, 'session')!}`]);
    keytar.onCall = () => void (keytar.isLockedLikeLinux = false);
    expect(await retry(main)).toEqual(well);
    expect(await statusOf(main, '/session')).toBe(200);
  });

  test('keeps the session that was begun in memory, once it is unlocked', async () => {
    const { main, keytar, portal, start, offline } = await startLocked();
    const entries = new Map(keytar.entries);
    const files = await readdir(offline);
    portal.signInAs(anAccount, 'token-2');
    await main.send(channels.signIn, credentials);
    expect(keytar.entries).toEqual(entries);
    expect(await readdir(offline)).toEqual(files);
    expect(main.keepings.at(-1)).toEqual({ ...well, keychain: 'locked' });
    keytar.isLockedLikeLinux = false;
    await main.keeping.look();
    expect(main.keepings.at(-1)).toEqual(well);
    expect(keytar.entries.get(entry(keytar, 'session')!)).toContain('token-2');
    await portal.stop();
    expect(await statusOf(main, '/slips')).toBe(200);
    expect(await statusOf(await start(), '/slips')).toBe(200);
  });

  test('signed out of in the meantime, is emptied as soon as it lets go of what it has', async () => {
    const { main, keytar, portal, start, offline } = await startLocked();
    portal.signInAs(anAccount, 'token-2');
    await main.send(channels.signIn, credentials);
    await main.send(channels.signOut);
    expect(existsSync(offline)).toBe(false);
    expect(keytar.entries.size).toBe(2);
    keytar.isLockedLikeLinux = false;
    const again = await start();
    expect(await statusOf(again, '/session')).toBe(401);
    expect(keytar.entries.size).toBe(0);
    expect(again.settings.get().signedIn).toBeNull();
  });
});

describe('a keychain that refuses', () => {
  test('is not asked again by itself when the person has said no; by the button it is', async () => {
    const { keytar, start } = await setUpSignedIn();
    keytar.failure = 'User canceled the operation. (-128)';
    const main = await start({ platform: 'darwin' });
    await statusOf(main, '/session');
    expect(main.keepings.at(-1)).toEqual({ ...well, keychain: 'denied', sessionWaits: true });
    const entries = new Map(keytar.entries);
    keytar.calls.length = 0;
    await main.keeping.look();
    expect(keytar.calls).toEqual([]);
    keytar.failure = null;
    expect(await retry(main)).toEqual(well);
    expect(await statusOf(main, '/session')).toBe(200);
    expect(keytar.entries).toEqual(entries);
  });

  test('that did not take a new token is given it later; nothing is said in between but that', async () => {
    const { main, keytar, portal } = await setUpSignedIn();
    portal.answer('POST /account/password', (_, response) => {
      portal.signInAs(anAccount, 'token-2');
      json(response, 200, { token: 'token-2', session: sessionOf(anAccount) });
    });
    keytar.failure = interaction;
    await main.send(channels.changePassword, { currentPassword: 'x', password: 'y' });
    expect(main.keepings).toEqual([{ ...well, keychain: 'locked' }]);
    expect(await statusOf(main, '/session')).toBe(200);
    keytar.failure = null;
    expect(await retry(main)).toEqual(well);
    expect(keytar.entries.get(entry(keytar, 'session')!)).toContain('token-2');
  });

  test('to let go of the key when another person signs in keeps nothing of the new one', async () => {
    const { main, keytar, portal, start } = await setUpSignedIn();
    const entries = new Map(keytar.entries);
    keytar.failure = 'Access denied';
    portal.signInAs(anotherAccount, 'token-2');
    await main.send(channels.signIn, credentials);
    expect(await statusOf(main, '/session')).toBe(200);
    expect(keytar.entries).toEqual(entries);
    keytar.failure = null;
    expect(await retry(main)).toEqual(well);
    expect([...keytar.entries.values()].join()).not.toContain(anAccount);
    expect(await statusOf(await start(), '/session')).toBe(200);
  });
});

describe('no keychain', () => {
  test('is said once somebody is signed in, and found when there is one', async () => {
    const { main, keytar, offline } = await setUp();
    keytar.failure = 'Cannot autolaunch D-Bus without X11 $DISPLAY';
    await main.send(channels.signIn, credentials);
    expect(main.keepings.at(-1)).toEqual({ ...well, keychain: 'absent' });
    expect(existsSync(offline)).toBe(false);
    keytar.failure = null;
    expect(await retry(main)).toEqual(well);
    expect(keytar.entries.size).toBe(2);
    expect(existsSync(offline)).toBe(true);
  });

  test('a guest who tries again learns how it is', async () => {
    const { main, keytar } = await setUp();
    keytar.failure = interaction;
    expect(await retry(main)).toEqual({ ...well, keychain: 'locked' });
    keytar.failure = null;
    expect(await retry(main)).toEqual(well);
  });
});

describe('entries that somebody deletes or changes', () => {
  test('while the program runs: it goes on, and begins anew at the next start', async () => {
    const { main, keytar, portal, start } = await setUpSignedIn();
    keytar.entries.clear();
    await main.get('/api/v1/slips');
    expect(await statusOf(main, '/session')).toBe(200);
    await portal.stop();
    expect(await statusOf(main, '/slips')).toBe(200);
    const again = await start();
    expect(await statusOf(again, '/slips')).toBe(401);
    await portal.start();
    await again.send(channels.signIn, credentials);
    expect(keytar.entries.size).toBe(2);
    expect(await statusOf(again, '/slips')).toBe(200);
  });

  test("between starts, for another account's key: its owner's files open for nobody", async () => {
    const { keytar, portal, start } = await setUpSignedIn();
    const name = entry(keytar, 'offline key')!;
    const { key } = JSON.parse(keytar.entries.get(name)!) as { key: string };
    keytar.entries.set(name, JSON.stringify({ accountId: anotherAccount, key }));
    const again = await start();
    expect(await statusOf(again, '/session')).toBe(200);
    expect(keytar.entries.get(name)).not.toContain(key);
    await portal.stop();
    expect(await statusOf(again, '/slips')).toBe(503);
  });

  test('are small: what the portal gives as a token leaves room in the smallest keychain', async () => {
    const { main, keytar, portal } = await setUp();
    // 256 bits, as the server makes them.
    portal.signInAs(anAccount, Buffer.alloc(32, 255).toString('base64url'));
    await main.send(channels.signIn, credentials);
    expect(keytar.entries.size).toBe(2);
    for (const value of keytar.entries.values()) expect(Buffer.byteLength(value)).toBeLessThan(200);
  });
});
