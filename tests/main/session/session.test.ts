import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import { startMainProcess } from '../../helpers/main-process.ts';
import { anAccount, anotherAccount, json, problem, startPortalStandIn } from '../../helpers/portal-stand-in.ts';
import { temporaryFolder } from '../../helpers/temp-folder.ts';
import { credentials, entry, keychainOf, setUp, statusOf } from './set-up.ts';

describe('signing in', () => {
  test('keeps token and cache key in the keychain, small, and nowhere else', async () => {
    const { main, keytar, userData } = await setUp();
    expect(await main.send(channels.signIn, credentials)).toMatchObject({
      ok: true,
      value: { account: { id: anAccount } },
    });
    expect(keytar.entries.size).toBe(2);
    for (const value of keytar.entries.values()) expect(value.length).toBeLessThan(500);
    expect(await readFile(join(userData, 'settings.json'), 'utf8')).not.toMatch(/token/);
  });

  test('tells the server which computer this is, and passes its refusals on', async () => {
    const { main, portal } = await setUp();
    await main.send(channels.signIn, credentials);
    const sent = portal.requests.find(({ method }) => method === 'POST')!;
    expect(JSON.parse(sent.body.toString())).toEqual({
      ...credentials,
      device: expect.stringMatching(/^\w+, ./) as string,
    });
    portal.answer('POST /session', (_, response) => problem(response, 'wrong_credentials'));
    expect(await main.send(channels.signIn, credentials)).toMatchObject({
      ok: false,
      problem: { code: 'wrong_credentials' },
    });
    await portal.stop();
    expect(await main.send(channels.signIn, credentials)).toMatchObject({ ok: false, problem: { code: 'offline' } });
  });

  test('passes on each step that the portal asks for, and its problem whole', async () => {
    const { main, portal, keytar } = await setUp();
    const more = {
      retryAfter: 30,
      fields: [{ path: 'email', rule: 'email' }],
      session: { device: 'Windows, PISARNA-3', since: '2026-11-20T08:00:00.000Z' },
    };
    portal.answer('POST /session', (_, response) => problem(response, 'session_active', more));
    const steps = { humanCheck: 'answer', secondFactor: '123456', takeOver: true };
    const answer = await main.send(channels.signIn, { ...credentials, ...steps });
    expect(answer).toMatchObject({ ok: false, problem: { code: 'session_active', status: 409, ...more } });
    const sent = portal.requests.find(({ method }) => method === 'POST')!;
    expect(JSON.parse(sent.body.toString())).toMatchObject({ ...credentials, ...steps });
    expect(keytar.calls).toEqual([]);
  });

  test('that the portal refuses leaves the session that there is as it was', async () => {
    const { main, portal } = await setUp();
    await main.send(channels.signIn, credentials);
    portal.answer('POST /session', (_, response) => problem(response, 'second_factor_required'));
    expect(await main.send(channels.signIn, credentials)).toMatchObject({ ok: false });
    expect(await statusOf(main, '/session')).toBe(200);
    expect(main.endings).toEqual([]);
  });

  test('again as the same person keeps the cache; as another one destroys it, the key first', async () => {
    const { main, portal, keytar, offline } = await setUp();
    await main.send(channels.signIn, credentials);
    await main.get('/api/v1/slips');
    const key = keytar.entries.get(entry(keytar, 'offline key')!);
    portal.signInAs(anAccount, 'token-2');
    await main.send(channels.signIn, credentials);
    expect(keytar.entries.get(entry(keytar, 'offline key')!)).toBe(key);
    expect(await readdir(offline)).not.toEqual([]);

    const filesAtDelete: boolean[] = [];
    keytar.onCall = (call) => {
      if (call.startsWith('delete') && call.endsWith('offline key')) filesAtDelete.push(existsSync(offline));
    };
    portal.signInAs(anotherAccount, 'token-3');
    await main.send(channels.signIn, credentials);
    expect(filesAtDelete).toEqual([true]);
    expect(keytar.entries.get(entry(keytar, 'offline key')!)).not.toBe(key);
    await portal.stop();
    expect(await statusOf(main, '/slips')).toBe(503);
  });
});

describe('signing out', () => {
  test('erases key, files, token in this order, then tells the server', async () => {
    const { main, portal, keytar, offline } = await setUp();
    await main.send(channels.signIn, credentials);
    await main.get('/api/v1/slips');
    const order: string[] = [];
    keytar.onCall = (call) => {
      if (call.startsWith('delete')) order.push(`${call.split(' ').slice(3).join(' ')}, files: ${existsSync(offline)}`);
    };
    portal.answer('DELETE /session', (request, response) => {
      order.push(`server: ${request.headers.authorization}`);
      response.writeHead(204).end();
    });
    expect(await main.send(channels.signOut)).toEqual({ ok: true, value: null });
    expect(order).toEqual(['offline key, files: true', 'session, files: false', 'server: Bearer token-1']);
    expect(keytar.entries.size).toBe(0);
    expect(await statusOf(main, '/session')).toBe(401);
  });

  test('succeeds without a network, and stays so', async () => {
    const { main, portal, keytar, offline, start } = await setUp();
    await main.send(channels.signIn, credentials);
    await portal.stop();
    expect(await main.send(channels.signOut)).toEqual({ ok: true, value: null });
    expect(keytar.entries.size).toBe(0);
    expect(existsSync(offline)).toBe(false);
    expect(await statusOf(await start(), '/session')).toBe(401);
  });

  test('counts even when the keychain refuses to delete', async () => {
    const { main, keytar, offline, start } = await setUp();
    await main.send(channels.signIn, credentials);
    keytar.failure = 'Access denied';
    expect(await main.send(channels.signOut)).toEqual({ ok: true, value: null });
    keytar.failure = null;
    expect(existsSync(offline)).toBe(false);
    expect(await statusOf(await start(), '/session')).toBe(401);
  });
});

describe('the keychain at the start', () => {
  test('is not touched when nobody was signed in', async () => {
    const { main, keytar } = await setUp();
    expect(await statusOf(main, '/session')).toBe(401);
    expect(keytar.calls).toEqual([]);
  });

  test.each(['linux', 'darwin', 'win32'] as const)(
    'locked on %s: signed out, nothing lost, back when unlocked',
    async (platform) => {
      const { main, keytar, offline, portal, start } = await setUp();
      await main.send(channels.signIn, credentials);
      await main.get('/api/v1/slips');
      const entries = new Map(keytar.entries);
      const files = await readdir(offline);
      if (platform === 'linux') keytar.isLockedLikeLinux = true;
      else keytar.failure = 'User interaction is not allowed.';

      const locked = await start({ platform });
      expect(await statusOf(locked, '/session')).toBe(401);
      expect(await keychainOf(locked)).toBe('locked');
      expect(keytar.entries).toEqual(entries);
      expect(await readdir(offline)).toEqual(files);

      keytar.isLockedLikeLinux = false;
      keytar.failure = null;
      await portal.stop();
      expect(await statusOf(await start({ platform }), '/slips')).toBe(200);
    },
  );

  test('locked: who signs in works from memory, and overwrites nothing', async () => {
    const { main, keytar, start, portal } = await setUp();
    await main.send(channels.signIn, credentials);
    const entries = new Map(keytar.entries);
    keytar.failure = 'User interaction is not allowed.';
    const locked = await start();
    portal.signInAs(anAccount, 'token-2');
    expect(await locked.send(channels.signIn, credentials)).toMatchObject({ ok: true });
    expect(await statusOf(locked, '/slips')).toBe(200);
    expect(keytar.entries).toEqual(entries);
  });

  test('absent: memory alone, no files, the user is told', async () => {
    const { main, keytar, offline, portal, start } = await setUp();
    keytar.failure = 'Cannot autolaunch D-Bus without X11 $DISPLAY';
    expect(await main.send(channels.signIn, credentials)).toMatchObject({ ok: true });
    expect(await statusOf(main, '/slips')).toBe(200);
    expect(await keychainOf(main)).toBe('absent');
    expect(existsSync(offline)).toBe(false);
    await portal.stop();
    expect(await statusOf(main, '/slips')).toBe(503);
    expect(await statusOf(await start(), '/session')).toBe(401);
  });

  test('token deleted by somebody: signed out, and a new sign-in works', async () => {
    const { main, keytar, start } = await setUp();
    await main.send(channels.signIn, credentials);
    keytar.entries.clear();
    const again = await start();
    expect(await statusOf(again, '/session')).toBe(401);
    expect(await again.send(channels.signIn, credentials)).toMatchObject({ ok: true });
    expect(keytar.entries.size).toBe(2);
  });

  test('key deleted or damaged: still signed in, the cache starts anew', async () => {
    const { main, keytar, portal, start } = await setUp();
    await main.send(channels.signIn, credentials);
    await main.get('/api/v1/slips');
    keytar.entries.set(entry(keytar, 'offline key')!, 'not ours');
    const again = await start();
    expect(await statusOf(again, '/session')).toBe(200);
    await portal.stop();
    expect(await statusOf(again, '/session')).toBe(200);
    expect(await statusOf(again, '/slips')).toBe(503);
  });

  test('entries of another folder of user data are not ours', async () => {
    const { main, keytar, portal } = await setUp();
    await main.send(channels.signIn, credentials);
    const other = await startMainProcess({ userData: await temporaryFolder(), keytar, portal: portal.origin });
    expect(await statusOf(other, '/session')).toBe(401);
    portal.signInAs(anotherAccount, 'token-2');
    await other.send(channels.signIn, credentials);
    expect(keytar.entries.size).toBe(4);
  });
});

describe('the address of the portal', () => {
  test('is taken when an iiPortal answers there; another one signs out of the first', async () => {
    const { main, portal, keytar } = await setUp();
    await main.send(channels.signIn, credentials);
    const other = await startPortalStandIn();
    expect(await main.send(channels.portalSet, other.origin)).toEqual({ ok: true, value: { address: other.origin } });
    expect(await main.send(channels.portalGet)).toEqual({ address: other.origin });
    expect(keytar.entries.size).toBe(0);
    expect(portal.requests.at(-1)).toMatchObject({ method: 'DELETE', url: '/api/v1/session' });
    expect(other.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  test('stays as it is when nobody or somebody else answers', async () => {
    const { main, portal } = await setUp();
    await main.send(channels.signIn, credentials);
    const other = await startPortalStandIn();
    other.answer('GET /portal', (_, response) => json(response, 200, { product: 'Something else' }));
    const refused = { ok: false, problem: { code: 'not_a_portal' } };
    expect(await main.send(channels.portalSet, other.origin)).toMatchObject(refused);
    await other.stop();
    expect(await main.send(channels.portalSet, other.origin)).toMatchObject({ problem: { code: 'offline' } });
    expect(await main.send(channels.portalSet, 'http://example.com')).toMatchObject({
      problem: { code: 'invalid_request', fields: [{ path: 'address', rule: 'address' }] },
    });
    expect(await main.send(channels.portalGet)).toEqual({ address: portal.origin });
    expect(await statusOf(main, '/session')).toBe(200);
  });

  test('preset to another one, the session of the first is not taken along', async () => {
    const { main, keytar, userData } = await setUp();
    await main.send(channels.signIn, credentials);
    const other = await startPortalStandIn();
    const again = await startMainProcess({ userData, keytar, portal: other.origin });
    expect(await statusOf(again, '/session')).toBe(401);
    expect(keytar.entries.size).toBe(0);
  });
});

test('a file in the place of the cache folder costs the cache, not the session', async () => {
  const { main, offline } = await setUp();
  await writeFile(offline, 'in the way');
  expect(await main.send(channels.signIn, credentials)).toMatchObject({ ok: true });
  expect(await statusOf(main, '/slips')).toBe(200);
});
