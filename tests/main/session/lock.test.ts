import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import { anAccount, anotherAccount, json, problem, startPortalStandIn } from '../../helpers/portal-stand-in.ts';
import { credentials, entry, recordsIn, setUpSignedIn, statusOf } from './set-up.ts';
import type { Computer } from './set-up.ts';

const session = { device: 'macOS, doma', since: '2026-11-23T07:59:00.000Z' };
const day = 24 * 60 * 60 * 1000;
const now = new Date('2026-11-23T08:00:00.000Z').getTime();
const inDays = (days: number) => ({ clock: () => new Date(now + days * day) });

/** The answer of the next request says that the session was ended elsewhere. */
async function displace({ portal, main }: Computer, code: 'session_displaced' | 'not_signed_in' = 'session_displaced') {
  portal.answer('GET /office/payers', (_, response) => problem(response, code, { session }));
  return await main.get('/api/v1/office/payers');
}

describe('a session that the server ended', () => {
  test.each(['not_signed_in', 'session_displaced'] as const)('%s: signed out, and the window is told', async (code) => {
    const computer = await setUpSignedIn();
    const { main, keytar, offline } = computer;
    const key = keytar.entries.get(entry(keytar, 'offline key')!);
    const files = await readdir(offline);
    const answer = await displace(computer, code);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code, session });
    expect(main.endings).toMatchObject([{ code, status: 401, session }]);
    expect(await statusOf(main, '/session')).toBe(401);
    // What is left is the key and what it opens.
    expect([...keytar.entries.values()]).toEqual([key]);
    expect(await readdir(offline)).toEqual(files);
  });

  test('is told once, however many answers say so', async () => {
    const { portal, main } = await setUpSignedIn();
    portal.answer('GET /slips', (_, response) => problem(response, 'session_displaced', { session }));
    portal.answer('GET /session/check', (_, response) => problem(response, 'session_displaced', { session }));
    await Promise.all([main.get('/api/v1/slips'), main.watch.look(), main.get('/api/v1/slips')]);
    await main.watch.look();
    expect(main.endings).toHaveLength(1);
  });

  test('is told before the keychain has answered, and a sign-in waits for it', async () => {
    const computer = await setUpSignedIn();
    const { keytar, main, portal } = computer;
    let answered: () => void = () => undefined;
    keytar.onCall = (call) =>
      call.startsWith('delete') ? new Promise<void>((resolve) => (answered = resolve)) : undefined;
    const asking = displace(computer);
    await expect.poll(() => main.endings).toHaveLength(1);
    portal.signInAs(anAccount, 'token-2');
    const signingIn = main.send(channels.signIn, credentials);
    answered();
    await Promise.all([asking, signingIn]);
    expect(keytar.entries.get(entry(keytar, 'session')!)).toContain('token-2');
    expect(await statusOf(main, '/session')).toBe(200);
  });

  test('a late answer to an older session does not end the new one', async () => {
    const { main, portal } = await setUpSignedIn();
    let finish: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      portal.answer('GET /slips', (_, response) => {
        finish = () => problem(response, 'session_displaced');
        resolve();
      });
    });
    const late = main.get('/api/v1/slips');
    await asked;
    portal.signInAs(anAccount, 'token-2');
    await main.send(channels.signIn, credentials);
    finish();
    expect((await late).status).toBe(401);
    expect(await statusOf(main, '/session')).toBe(200);
    expect(main.endings).toEqual([]);
  });
});

describe('a locked cache', () => {
  test('gives nothing away without a network, now or after a restart', async () => {
    const computer = await setUpSignedIn();
    const { main, portal, keytar, start } = computer;
    await main.get('/api/v1/portal');
    await displace(computer);
    await portal.stop();
    keytar.calls.length = 0;
    for (const program of [main, await start()]) {
      for (const path of ['/session', '/slips']) expect(await statusOf(program, path), path).toBe(401);
      expect(await statusOf(program, '/portal')).toBe(503);
    }
    expect(keytar.calls, 'nor is its key asked for').toEqual([]);
  });

  test('gives nothing to a request that was on its way, and takes nothing from it', async () => {
    const computer = await setUpSignedIn();
    const { main, portal, offline } = computer;
    const open: ServerResponse[] = [];
    portal.answer('GET /slips', (_, response) => void open.push(response));
    const asking = ['', '?limit=7'].map((query) => main.get(`/api/v1/slips${query}`));
    await expect.poll(() => open).toHaveLength(2);
    await displace(computer);
    const files = await readdir(offline);
    open[0]!.destroy();
    json(open[1]!, 200, { items: [], nextCursor: null });
    const statuses = (await Promise.all(asking)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 503]);
    expect(await readdir(offline)).toEqual(files);
  });

  test.each([0, 29.9])('opens for the same person after %s days, at once', async (days) => {
    const computer = await setUpSignedIn();
    await displace(computer);
    const { portal, start, offline, keytar } = computer;
    const files = await readdir(offline);
    const later = await start(inDays(days));
    expect(await statusOf(later, '/session')).toBe(401);
    portal.signInAs(anAccount, 'token-2');
    expect(await later.send(channels.signIn, credentials)).toMatchObject({ ok: true });
    expect(await readdir(offline)).toEqual(expect.arrayContaining(files));
    await portal.stop();
    expect(await statusOf(later, '/slips')).toBe(200);
    expect(await statusOf(await start(inDays(days)), '/slips')).toBe(200);
    expect(keytar.entries.size).toBe(2);
  });

  test.each([false, true])('is gone when another person signs in (after a restart: %s)', async (isRestarted) => {
    const computer = await setUpSignedIn();
    await displace(computer);
    const { main, portal, keytar, offline, start } = computer;
    const key = keytar.entries.get(entry(keytar, 'offline key')!);
    const files = await recordsIn(offline);
    const program = isRestarted ? await start() : main;
    portal.signInAs(anotherAccount, 'token-2');
    await program.send(channels.signIn, credentials);
    expect(keytar.entries.get(entry(keytar, 'offline key')!)).not.toBe(key);
    const left = await recordsIn(offline);
    expect(files.filter((name) => left.includes(name))).toEqual([]);
    await portal.stop();
    expect(await statusOf(program, '/slips')).toBe(503);
  });

  test('is erased at a start after 30 days, key and files', async () => {
    const computer = await setUpSignedIn();
    await displace(computer);
    const { keytar, offline, start } = computer;
    const later = await start(inDays(30));
    expect(await statusOf(later, '/session')).toBe(401);
    expect(keytar.entries.size).toBe(0);
    expect(existsSync(offline)).toBe(false);
    expect(later.settings.get().signedIn).toBeNull();
  });

  test('waits no longer for the clock having been put back, and loses nothing by it', async () => {
    const computer = await setUpSignedIn();
    await displace(computer);
    const { offline, start, portal } = computer;
    const files = await readdir(offline);
    const before = await start(inDays(-400));
    expect(await statusOf(before, '/session')).toBe(401);
    expect(before.settings.get().signedIn?.lockedUntil).toBe(new Date(now - 370 * day).toISOString());
    expect(await readdir(offline)).toEqual(files);
    expect(await statusOf(await start(inDays(-371)), '/session')).toBe(401);
    const again = await start(inDays(-371));
    portal.signInAs(anAccount, 'token-2');
    await again.send(channels.signIn, credentials);
    await portal.stop();
    const kept = await again.get('/api/v1/slips');
    expect(kept.status).toBe(200);
  });

  test('condemned by a clock that was put back since, is erased all the same', async () => {
    const { main, keytar, offline, start } = await setUpSignedIn();
    keytar.failure = 'Access denied';
    await main.send(channels.signOut);
    keytar.failure = null;
    await start(inDays(-400)).then((again) => statusOf(again, '/session'));
    expect(keytar.entries.size).toBe(0);
    expect(existsSync(offline)).toBe(false);
  });

  test('is what is left where somebody has deleted the token', async () => {
    const { portal, keytar, start } = await setUpSignedIn();
    keytar.entries.delete(entry(keytar, 'session')!);
    const again = await start();
    expect(await statusOf(again, '/session')).toBe(401);
    expect(again.endings, 'nobody was signed in').toEqual([]);
    await again.send(channels.signIn, credentials);
    await portal.stop();
    expect(await statusOf(again, '/slips')).toBe(200);
  });

  test('is erased with another portal', async () => {
    const computer = await setUpSignedIn();
    await displace(computer);
    const { main, keytar, offline } = computer;
    const other = await startPortalStandIn();
    await main.send(channels.portalSet, other.origin);
    expect(keytar.entries.size).toBe(0);
    expect(existsSync(offline)).toBe(false);
  });

  test('stays locked although the keychain kept the token', async () => {
    const computer = await setUpSignedIn();
    const { keytar, start, portal } = computer;
    keytar.isLockedLikeLinux = true;
    await displace(computer);
    keytar.isLockedLikeLinux = false;
    expect(keytar.entries.size).toBe(2);
    await portal.stop();
    expect(await statusOf(await start(), '/slips')).toBe(401);
  });

  test('survives a keychain that cannot be read at the sign-in: nothing is overwritten', async () => {
    const computer = await setUpSignedIn();
    await displace(computer);
    const { portal, keytar, offline, start } = computer;
    const entries = new Map(keytar.entries);
    const files = await readdir(offline);
    keytar.failure = 'User interaction is not allowed.';
    portal.signInAs(anAccount, 'token-2');
    const program = await start();
    expect(await program.send(channels.signIn, credentials)).toMatchObject({ ok: true });
    expect(keytar.entries).toEqual(entries);
    expect(await readdir(offline)).toEqual(files);
    keytar.failure = null;
    await program.send(channels.signIn, credentials);
    await portal.stop();
    expect(await statusOf(program, '/slips')).toBe(200);
  });
});
