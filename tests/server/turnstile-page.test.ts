import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { humanCheckReportSchema } from '../../contract/human-check-page.ts';
import { pageOf } from '../../server/modules/human-check/page/page.ts';

const nonce = 'ab'.repeat(16);

type Options = Record<string, unknown> & { callback: (token: string) => void };

interface Script {
  src: string;
  nonce: string;
  onerror(): void;
}

let scripts: Script[];
let status: { textContent: string };
let rendered: Options[];
let page: { showTurnstile(): void };
const report = vi.fn();

/** The page's own script, in as much of a browser as it needs. */
beforeEach(() => {
  vi.useFakeTimers();
  report.mockReset();
  scripts = [];
  rendered = [];
  status = { textContent: '' };
  const settings = { siteKey: '"><script>', origin: 'https://challenges.cloudflare.com' };
  const html = pageOf(settings, { action: 'sign-in', language: 'sl', theme: 'dark' }, 'a-nonce');
  const source = /<script nonce="a-nonce">([\s\S]*)<\/script>/.exec(html)?.[1] ?? '';
  const data = [.../<body([^>]*)>/.exec(html)![1]!.matchAll(/data-([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [
    name!.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    value!.replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
  ]);
  const document = {
    body: { dataset: Object.fromEntries(data) as Record<string, string> },
    head: { append: (script: Script) => scripts.push(script) },
    currentScript: { nonce: 'a-nonce' },
    getElementById: () => status,
    createElement: () => ({}),
  };
  const window = {
    humanCheck: { report },
    turnstile: { render: (_place: string, options: Options) => rendered.push(options) },
  };
  page = window as unknown as typeof page;
  runInNewContext(source, { window, document, location: { hash: `#${nonce}` }, setTimeout, clearTimeout });
});

afterEach(() => void vi.useRealTimers());

/** What the shell was told, once and in the form that it takes. */
function told(): unknown {
  expect(report).toHaveBeenCalledOnce();
  const message: unknown = { ...(report.mock.calls[0]?.[0] as object) };
  return humanCheckReportSchema.parse(message);
}

function call(name: string, argument?: unknown): unknown {
  const callback = rendered[0]?.[name] as (given: unknown) => unknown;
  return callback(argument);
}

describe('the script of the page that shows Turnstile', () => {
  it("loads Turnstile's script, and asks for a token of this action", () => {
    expect(scripts.map(({ src, nonce: given }) => [src, given])).toEqual([
      ['https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit&onload=showTurnstile', 'a-nonce'],
    ]);
    expect(status.textContent).toBe('Preverjamo, da niste robot …');
    page.showTurnstile();
    expect(rendered[0]).toMatchObject({
      sitekey: '"><script>',
      action: 'sign-in',
      language: 'sl',
      theme: 'dark',
      size: 'compact',
    });
    call('callback', 'a-token');
    expect(told()).toEqual({ nonce, state: 'answered', token: 'a-token' });
    expect(status.textContent).toBe('Hvala, preverjeno.');
  });

  it('gives up when the script cannot be loaded, or not in 15 seconds', () => {
    vi.advanceTimersByTime(14_999);
    expect(report).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(told()).toEqual({ nonce, state: 'failed', reason: 'script not loaded' });
    scripts[0]?.onerror();
    page.showTurnstile();
    expect(rendered).toEqual([]);
    told();
  });

  it('says at once that the script cannot be loaded', () => {
    scripts[0]?.onerror();
    expect(told()).toMatchObject({ state: 'failed', reason: 'script not loaded' });
    expect(status.textContent).toContain('Poskušamo na drug način');
  });

  it.each([
    ['error-callback', '300030', 'error 300030'],
    ['error-callback', 'x'.repeat(500), `error ${'x'.repeat(94)}`],
    ['unsupported-callback', undefined, 'unsupported'],
  ])('gives up at %s', (name, argument, reason) => {
    page.showTurnstile();
    call(name, argument);
    expect(told()).toMatchObject({ state: 'failed', reason });
  });

  it('gives up when there is no verdict in 30 seconds, but leaves a person time to click', () => {
    page.showTurnstile();
    vi.advanceTimersByTime(29_000);
    call('before-interactive-callback');
    expect(status.textContent).toBe('Kliknite okvirček spodaj.');
    vi.advanceTimersByTime(200_000);
    expect(report).not.toHaveBeenCalled();
    call('after-interactive-callback');
    vi.advanceTimersByTime(30_000);
    expect(told()).toMatchObject({ state: 'failed', reason: 'no verdict' });
  });
});
