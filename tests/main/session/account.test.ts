import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import type { ErrorCode, Problem } from '../../../contract/errors.ts';
import { anAccount, json, problem, sessionOf } from '../../helpers/portal-stand-in.ts';
import type { Answering } from '../../helpers/portal-stand-in.ts';
import { credentials, entry, keychainOf, setUp, setUpSignedIn, statusOf } from './set-up.ts';
import type { Computer } from './set-up.ts';

const passwords = { currentPassword: 'Geslo123!', password: 'Novo geslo 1!' };
const change = 'POST /account/password';
const deletion = 'POST /account/deletion';

/** The portal ends the session and begins a new one, as the real one does. */
function changeTo(portal: Computer['portal'], token: string): Answering {
  return (_, response) => {
    portal.signInAs(anAccount, token);
    json(response, 200, { token, session: sessionOf(anAccount) });
  };
}

describe('changing the password', () => {
  test('goes on with the new token, in memory and in the keychain; the window does not see it', async () => {
    const { main, portal, keytar, offline, start } = await setUpSignedIn();
    const files = await readdir(offline);
    portal.answer(change, changeTo(portal, 'token-2'));
    const answer = await main.send(channels.changePassword, passwords);
    expect(answer).toEqual({ ok: true, value: sessionOf(anAccount) });
    const sent = portal.requests.find(({ url }) => url === '/api/v1/account/password')!;
    expect(sent.headers.authorization).toBe('Bearer token-1');
    expect(JSON.parse(sent.body.toString())).toEqual({
      ...passwords,
      device: expect.stringMatching(/^\w+, ./) as string,
    });
    expect(keytar.entries.get(entry(keytar, 'session')!)).toContain('token-2');
    expect(await readdir(offline)).toEqual(files);
    expect(main.endings).toEqual([]);
    for (const program of [main, await start()]) expect(await statusOf(program, '/session')).toBe(200);
    await portal.stop();
    expect(await statusOf(main, '/slips')).toBe(200);
  });

  test.each<[ErrorCode, Partial<Problem>]>([
    ['wrong_password', {}],
    ['rate_limited', { retryAfter: 60 }],
    ['invalid_request', { fields: [{ path: 'password', rule: 'too_short' }] }],
  ])('%s changes nothing, and comes whole', async (code, more) => {
    const { main, portal, keytar } = await setUpSignedIn();
    const entries = new Map(keytar.entries);
    portal.answer(change, (_, response) => problem(response, code, more));
    expect(await main.send(channels.changePassword, passwords)).toMatchObject({ problem: { code, ...more } });
    expect(keytar.entries).toEqual(entries);
    expect(await statusOf(main, '/session')).toBe(200);
  });

  test('what other answers say of the old token meanwhile ends nothing', async () => {
    const { main, portal } = await setUpSignedIn();
    let finish: () => void = () => undefined;
    portal.answer(change, (request, response) => {
      // The old session has ended on the server, and the answer is not there yet.
      portal.signInAs(anAccount, 'token-2');
      finish = () => changeTo(portal, 'token-2')(request, response);
    });
    const changing = main.send(channels.changePassword, passwords);
    await expect.poll(() => portal.requests.at(-1)?.url).toBe('/api/v1/account/password');
    const asking = Promise.all([main.get('/api/v1/session'), main.watch.look()]);
    await expect.poll(() => portal.requests.at(-1)?.url).not.toBe('/api/v1/account/password');
    finish();
    expect(await changing).toMatchObject({ ok: true });
    await asking;
    expect(main.endings).toEqual([]);
    expect(await statusOf(main, '/session')).toBe(200);
  });

  test('of a session that has ended locks, and is told', async () => {
    const { main, portal, offline } = await setUpSignedIn();
    portal.answer(change, (_, response) => problem(response, 'session_displaced'));
    const answer = await main.send(channels.changePassword, passwords);
    expect(answer).toMatchObject({ problem: { code: 'session_displaced' } });
    expect(main.endings).toMatchObject([{ code: 'session_displaced' }]);
    expect(await statusOf(main, '/slips')).toBe(401);
    expect(existsSync(offline)).toBe(true);
  });

  test('with a keychain that takes nothing: signed in until the end, then signed out, the slips still here', async () => {
    const { main, portal, keytar, offline, start } = await setUpSignedIn();
    portal.answer(change, changeTo(portal, 'token-2'));
    keytar.failure = 'User interaction is not allowed.';
    expect(await main.send(channels.changePassword, passwords)).toMatchObject({ ok: true });
    expect(await statusOf(main, '/session')).toBe(200);
    expect(await keychainOf(main)).toBe('locked');
    keytar.failure = null;
    const again = await start();
    expect(await statusOf(again, '/session')).toBe(401);
    expect(await readdir(offline)).not.toEqual([]);
    await again.send(channels.signIn, credentials);
    await portal.stop();
    expect(await statusOf(again, '/slips')).toBe(200);
  });

  test('of a session in memory alone puts nothing into the keychain', async () => {
    const { main, portal, keytar } = await setUp();
    keytar.failure = 'Cannot autolaunch D-Bus without X11 $DISPLAY';
    await main.send(channels.signIn, credentials);
    keytar.failure = null;
    portal.answer(change, changeTo(portal, 'token-2'));
    expect(await main.send(channels.changePassword, passwords)).toMatchObject({ ok: true });
    expect(keytar.entries.size).toBe(0);
    expect(await statusOf(main, '/session')).toBe(200);
  });

  test('needs a session and a network', async () => {
    const { main, portal } = await setUp();
    expect(await main.send(channels.changePassword, passwords)).toMatchObject({ problem: { code: 'not_signed_in' } });
    await main.send(channels.signIn, credentials);
    await portal.stop();
    expect(await main.send(channels.changePassword, passwords)).toMatchObject({ problem: { code: 'offline' } });
  });
});

describe('deleting the account', () => {
  const proof = { password: 'Geslo123!' };
  const deleted: Answering = (_, response) => void response.writeHead(204).end();

  test('asks the server first, then erases key, files, token', async () => {
    const { main, portal, keytar, offline, start } = await setUpSignedIn();
    const order: string[] = [];
    keytar.onCall = (call) => {
      if (call.startsWith('delete')) order.push(`${call.split(' ').slice(3).join(' ')}, files: ${existsSync(offline)}`);
    };
    portal.answer(deletion, (request, response) => {
      order.push(`server: ${request.headers.authorization} ${request.body.toString()}`);
      deleted(request, response);
    });
    expect(await main.send(channels.deleteAccount, proof)).toEqual({ ok: true, value: null });
    expect(order).toEqual([
      `server: Bearer token-1 ${JSON.stringify(proof)}`,
      'offline key, files: true',
      'session, files: false',
    ]);
    expect(keytar.entries.size).toBe(0);
    expect(main.settings.get().signedIn).toBeNull();
    expect(main.endings, 'the window asked for it').toEqual([]);
    for (const program of [main, await start()]) expect(await statusOf(program, '/session')).toBe(401);
    expect(portal.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  test.each(['wrong_password', 'last_admin', 'rate_limited'] as const)('%s erases nothing', async (code) => {
    const { main, portal, keytar, offline } = await setUpSignedIn();
    portal.answer(deletion, (_, response) => problem(response, code));
    expect(await main.send(channels.deleteAccount, proof)).toMatchObject({ problem: { code } });
    expect(keytar.entries.size).toBe(2);
    expect(await readdir(offline)).not.toEqual([]);
    expect(await statusOf(main, '/session')).toBe(200);
  });

  test('without a network is refused, and erases nothing', async () => {
    const { main, portal, keytar } = await setUpSignedIn();
    await portal.stop();
    expect(await main.send(channels.deleteAccount, proof)).toMatchObject({ problem: { code: 'offline' } });
    expect(keytar.entries.size).toBe(2);
    expect(await statusOf(main, '/slips')).toBe(200);
  });

  test('whose answer was lost erases everything as soon as the portal knows nobody of this session', async () => {
    const { main, portal, keytar, offline } = await setUpSignedIn();
    portal.answer(deletion, (_, response) => {
      portal.signInAs('', 'nobody');
      response.destroy();
    });
    expect(await main.send(channels.deleteAccount, proof)).toMatchObject({ problem: { code: 'offline' } });
    expect(keytar.entries.size).toBe(2);
    await main.watch.look();
    expect(keytar.entries.size).toBe(0);
    expect(existsSync(offline)).toBe(false);
    expect(main.endings).toMatchObject([{ code: 'not_signed_in' }]);
  });

  test('what other answers say meanwhile does not keep the files', async () => {
    const { main, portal, offline } = await setUpSignedIn();
    let finish: () => void = () => undefined;
    portal.answer(deletion, (request, response) => {
      portal.signInAs('', 'nobody');
      finish = () => deleted(request, response);
    });
    const deleting = main.send(channels.deleteAccount, proof);
    await expect.poll(() => portal.requests.at(-1)?.url).toBe('/api/v1/account/deletion');
    const looking = main.watch.look();
    await expect.poll(() => portal.requests.at(-1)?.url).toBe('/api/v1/session/check');
    finish();
    expect(await deleting).toEqual({ ok: true, value: null });
    await looking;
    expect(existsSync(offline)).toBe(false);
    expect(main.endings).toEqual([]);
  });
});
