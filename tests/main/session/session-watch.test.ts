import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { channels } from '../../../contract/desktop/channels.ts';
import type { PortalClient } from '../../../src-main/gateway/portal-client.ts';
import { createSessionWatch } from '../../../src-main/session/session-watch.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { problem } from '../../helpers/portal-stand-in.ts';
import { credentials, setUp, setUpSignedIn, statusOf } from './set-up.ts';
import type { Computer } from './set-up.ts';

const session = { device: 'Windows, PISARNA-3', since: '2026-11-23T07:59:00.000Z' };
const checksOf = ({ portal }: Computer) => portal.requests.filter(({ url }) => url === '/api/v1/session/check');

describe('the session watch', () => {
  test.each(['session_displaced', 'not_signed_in'] as const)(
    'learns %s although the window asks nothing, and locks',
    async (code) => {
      const computer = await setUp();
      const main = await computer.start({ sessionCheckMs: 20 });
      await main.send(channels.signIn, credentials);
      main.watch.start();
      await expect.poll(() => checksOf(computer).length).toBeGreaterThan(2);
      expect(main.endings).toEqual([]);
      computer.portal.answer('GET /session/check', (_, response) => problem(response, code, { session }));
      await expect.poll(() => main.endings).toMatchObject([{ code, session }]);
      expect(await statusOf(main, '/session')).toBe(401);
      const asked = checksOf(computer).length;
      await sleep(100);
      expect(checksOf(computer), 'nobody is asked about who is not signed in').toHaveLength(asked);
      expect(main.endings).toHaveLength(1);
    },
  );

  test('asks with the token, and as little as can be', async () => {
    const computer = await setUpSignedIn();
    await computer.main.watch.look();
    expect(checksOf(computer)).toMatchObject([
      { method: 'GET', headers: { authorization: 'Bearer token-1' }, body: Buffer.of() },
    ]);
  });

  test('never asks twice at once', async () => {
    const computer = await setUpSignedIn();
    let answer: () => void = () => undefined;
    computer.portal.answer('GET /session/check', (_, response) => {
      answer = () => void response.writeHead(204).end();
    });
    const { watch } = computer.main;
    const first = watch.look();
    await Promise.all([watch.look(), watch.resume(), watch.look()]);
    await expect.poll(() => checksOf(computer)).toHaveLength(1);
    answer();
    await first;
    void watch.look();
    await expect.poll(() => checksOf(computer)).toHaveLength(2);
    answer();
  });

  test('sleeps with the computer, and asks at once when it wakes', async () => {
    const computer = await setUpSignedIn();
    const { watch } = computer.main;
    watch.pause();
    await watch.look();
    expect(checksOf(computer)).toEqual([]);
    await watch.resume();
    expect(checksOf(computer)).toHaveLength(1);
  });

  test('asks nobody without a network', async () => {
    const computer = await setUpSignedIn();
    let isOnline = false;
    const main = await computer.start({ isOnline: () => isOnline });
    await main.watch.look();
    expect(checksOf(computer)).toEqual([]);
    isOnline = true;
    await main.watch.look();
    expect(checksOf(computer)).toHaveLength(1);
  });

  test('takes nothing else for the end: no network, a proxy, a limit, an older server', async () => {
    const computer = await setUpSignedIn();
    const { main, portal } = computer;
    for (const code of ['unavailable', 'rate_limited', 'internal', 'not_found', 'forbidden'] as const) {
      portal.answer('GET /session/check', (_, response) => problem(response, code));
      await main.watch.look();
    }
    portal.answer('GET /session/check', (_, response) => response.writeHead(401).end('sign in to this network'));
    await main.watch.look();
    expect(await statusOf(main, '/session')).toBe(200);
    await portal.stop();
    await main.watch.look();
    expect(main.endings).toEqual([]);
    expect(await statusOf(main, '/session')).toBe(200);
  });

  test('whose answer comes late does not end the session that began meanwhile', async () => {
    const computer = await setUpSignedIn();
    const { main, portal } = computer;
    let answer: () => void = () => undefined;
    portal.answer('GET /session/check', (_, response) => {
      answer = () => problem(response, 'session_displaced', { session });
    });
    const looking = main.watch.look();
    await expect.poll(() => checksOf(computer)).toHaveLength(1);
    portal.signInAs('a'.repeat(32), 'token-2');
    await main.send(channels.signIn, credentials);
    answer();
    await looking;
    expect(main.endings).toEqual([]);
    expect(await statusOf(main, '/session')).toBe(200);
  });
});

describe('its pace', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([
    [0, 40_500],
    [0.5, 45_000],
    [1, 49_500],
  ])('with the random number %s it asks after %s ms, and again', async (random, ms) => {
    vi.useFakeTimers();
    const ask = vi.fn(() => Promise.resolve({ problem: null }));
    const watch = createSessionWatch({
      client: { ask } as unknown as PortalClient,
      session: { active: () => Promise.resolve({ token: 't', cache: null }), ended: () => Promise.resolve() },
      portal: () => 'https://portal.vzorec.si',
      isOnline: () => true,
      intervalMs: 45_000,
      random: () => random,
      log: memoryLog().log,
    });
    watch.start();
    for (const asked of [1, 2, 3]) {
      await vi.advanceTimersByTimeAsync(ms - 1);
      expect(ask).toHaveBeenCalledTimes(asked - 1);
      await vi.advanceTimersByTimeAsync(1);
      expect(ask).toHaveBeenCalledTimes(asked);
    }
  });
});
