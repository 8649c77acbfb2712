import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPortalClient } from '../../../src-main/gateway/portal-client.ts';
import { createHumanCheck, type HumanCheck } from '../../../src-main/human-check/human-check.ts';
import type { Reporter, ViewRequest } from '../../../src-main/human-check/show-turnstile.ts';
import { eventually } from '../../helpers/eventually.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { json, startPortalStandIn, type PortalStandIn } from '../../helpers/portal-stand-in.ts';

const turnstile = 'https://challenges.cloudflare.com';

interface View {
  readonly request: ViewRequest;
  isClosed: boolean;
}

let portal: PortalStandIn;
let views: View[];
let check: HumanCheck;
let lines: string[];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  portal = await startPortalStandIn();
  portal.answer('GET /portal', (_, response) =>
    json(response, 200, {
      ...{ product: 'iiPortal', version: '1', manager: null, managers: [] },
      ...{ humanCheck: 'turnstile', turnstile: { origin: turnstile } },
    }),
  );
  views = [];
  const memory = memoryLog();
  lines = memory.lines;
  check = createHumanCheck({
    client: createPortalClient((url, init) => fetch(url, init)),
    portal: () => portal.origin,
    openView: (request) => {
      const view = { request, isClosed: false };
      views.push(view);
      return { close: () => (view.isClosed = true) };
    },
    language: () => 'sl',
    isDark: () => true,
    log: memory.log,
  });
});

afterEach(() => void vi.useRealTimers());

/** What the window is answered: the answer, or the problem's code. */
const outcome = (answer: Promise<string>): Promise<string> => answer.catch((error: Error) => error.message);

/** Begins a check and waits for its view. */
async function begin() {
  const known = views.length;
  const answer = outcome(check.answer('sign-in'));
  await eventually(() => expect(views).toHaveLength(known + 1));
  const view = views.at(-1)!;
  const nonce = new URL(view.request.url).hash.slice(1);
  const page: Reporter = { origin: portal.origin, isMainFrame: true };
  return { answer, view, nonce, page, report: view.request.onReport };
}

describe('the human check in the view', () => {
  test('shows the page of the portal and answers with what it reports', async () => {
    const { answer, view, nonce, page, report } = await begin();
    const { pathname, searchParams } = new URL(view.request.url);
    expect(pathname).toBe('/human-check/turnstile');
    expect(Object.fromEntries(searchParams)).toEqual({ action: 'sign-in', language: 'sl', theme: 'dark' });
    expect(nonce).toMatch(/^[0-9a-f]{32}$/);
    report(page, { nonce, state: 'answered', token: 'a-token' });
    expect(await answer).toBe('turnstile:a-token');
    expect(view.isClosed).toBe(true);
  });

  test('takes no report but of that page, with that nonce, of that form', async () => {
    const { answer, view, nonce, page, report } = await begin();
    const good = { nonce, state: 'answered', token: 'forged' };
    report({ ...page, origin: turnstile }, good);
    report({ ...page, origin: 'https://evil.example' }, good);
    report({ ...page, origin: undefined }, good);
    report({ ...page, isMainFrame: false }, good);
    report(page, { ...good, nonce: 'a'.repeat(32) });
    report(page, { ...good, nonce: undefined });
    report(page, { ...good, token: 'x'.repeat(2049) });
    report(page, { ...good, token: '' });
    report(page, { ...good, more: 1 });
    report(page, 'forged');
    expect(view.isClosed).toBe(false);
    expect(lines.filter((line) => line.includes('report_refused'))).toHaveLength(10);
    report(page, { ...good, token: 'right' });
    expect(await answer).toBe('turnstile:right');
    expect(lines.join()).not.toMatch(/forged|right/);
  });

  test('lets the page stay at the portal and its frames at Turnstile', async () => {
    const { mayGo } = (await begin()).view.request;
    expect(mayGo(`${portal.origin}/human-check/turnstile`, true)).toBe(true);
    expect(mayGo(`${turnstile}/cdn-cgi/challenge-platform/x`, false)).toBe(true);
    expect(mayGo('about:blank', false)).toBe(true);
    expect(mayGo('about:srcdoc', false)).toBe(true);
    for (const url of [turnstile, 'https://evil.example/', 'app://iiportal/index.html', 'about:blank', 'file:///x', ''])
      expect(mayGo(url, true), url).toBe(false);
    const elsewhere = [
      portal.origin,
      `${turnstile}.evil.example/`,
      'http://challenges.cloudflare.com/',
      'data:,x',
      'app://iiportal/',
    ];
    for (const url of elsewhere) expect(mayGo(url, false), url).toBe(false);
    check.cancel();
  });

  test.each([
    [
      'the page reports a failure',
      ({ report, page, nonce }) => report(page, { nonce, state: 'failed', reason: 'error 300030' }),
    ],
    ['the page cannot be loaded', ({ view }) => view.request.onGone('ERR_CONNECTION_REFUSED')],
    ['the page does not come in 20 seconds', () => vi.advanceTimersByTime(20_000)],
    [
      'nobody has answered after five minutes',
      ({ view }) => {
        view.request.onLoaded();
        vi.advanceTimersByTime(300_000);
      },
    ],
  ] satisfies [string, (begun: Awaited<ReturnType<typeof begin>>) => void][])(
    'is unavailable when %s',
    async (_, happens) => {
      const begun = await begin();
      happens(begun);
      expect(await begun.answer).toBe('human_check_unavailable');
      expect(begun.view.isClosed).toBe(true);
    },
  );

  test('gives a person time once the page is there', async () => {
    const { view, answer, report, page, nonce } = await begin();
    vi.advanceTimersByTime(19_000);
    view.request.onLoaded();
    vi.advanceTimersByTime(290_000);
    expect(view.isClosed).toBe(false);
    report(page, { nonce, state: 'answered', token: 't' });
    expect(await answer).toBe('turnstile:t');
  });

  test('is cancelled from the page, by Escape in the view, and by another check', async () => {
    const first = await begin();
    check.cancel();
    expect(await first.answer).toBe('cancelled');
    const second = await begin();
    second.view.request.onCancel();
    expect(await second.answer).toBe('cancelled');
    const third = await begin();
    const fourth = await begin();
    expect(await third.answer).toBe('cancelled');
    expect([first, second, third, fourth].map(({ view }) => view.isClosed)).toEqual([true, true, true, false]);
    check.cancel();
    await fourth.answer;
  });

  test('is cancelled also while the portal is still being asked', async () => {
    const answer = outcome(check.answer('sign-in'));
    check.cancel();
    expect(await answer).toBe('cancelled');
    expect(views).toEqual([]);
  });

  test('is unavailable at a portal without Turnstile', async () => {
    portal.answer('GET /portal', (_, response) =>
      json(response, 200, { product: 'iiPortal', version: '1', manager: null, managers: [], humanCheck: 'altcha' }),
    );
    expect(await outcome(check.answer('sign-in'))).toBe('human_check_unavailable');
    await portal.stop();
    expect(await outcome(check.answer('sign-in'))).toBe('offline');
  });
});
