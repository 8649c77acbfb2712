import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { memoryOf } from './memory.ts';

/** One start, in milliseconds after the system was asked for it, and what all its processes hold after a while. */
export interface Start {
  readonly loadedMs: number;
  readonly usableMs: number;
  readonly memoryMb: number;
}

export interface Program {
  readonly electron: string;
  readonly args: readonly string[];
  readonly env: Record<string, string | undefined>;
  /** What must be on the screen before anybody can do anything. */
  readonly sign: string;
}

const patienceMs = 60_000;
/** What is loaded after the first screen is there by then, and counts as memory. */
const settledMs = 4_000;

/** The address under which Chromium can be asked, once it has written it down. */
async function debuggerOf(profile: string): Promise<string> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(50)) {
    const [port] = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').then(
      (text) => text.split('\n'),
      () => [],
    );
    if (port) return `http://127.0.0.1:${port}`;
  }
  throw new Error('the program did not open its window');
}

async function pageOf(browser: Browser): Promise<Page> {
  const [context] = browser.contexts();
  if (!context) throw new Error('the program has no window');
  return context.pages()[0] ?? (await context.waitForEvent('page', { timeout: patienceMs }));
}

/** The moments on the system's clock: the page's own, asked for afterwards, so that asking slows nothing down. */
function momentsOf(page: Page) {
  return page.evaluate(
    () =>
      new Promise<{ loaded: number; usable: number }>((resolve) => {
        const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
        new PerformanceObserver((list) => {
          const largest = list.getEntries().at(-1);
          resolve({
            loaded: performance.timeOrigin + (navigation?.domContentLoadedEventStart ?? NaN),
            usable: performance.timeOrigin + (largest?.startTime ?? NaN),
          });
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
}

export async function measureStart({ electron, args, env, sign }: Program): Promise<Start> {
  const profile = await mkdtemp(join(tmpdir(), 'iiportal-start-'));
  const asked = Date.now();
  const child = spawn(electron, [...args, `--user-data-dir=${profile}`, '--remote-debugging-port=0', '--lang=sl'], {
    env,
    stdio: 'ignore',
  });
  try {
    const browser = await chromium.connectOverCDP(await debuggerOf(profile));
    const page = await pageOf(browser);
    await page.locator(sign).first().waitFor({ timeout: patienceMs });
    await sleep(settledMs);
    const { loaded, usable } = await momentsOf(page);
    const memoryMb = await memoryOf(child.pid ?? 0);
    await browser.close();
    return { loadedMs: loaded - asked, usableMs: usable - asked, memoryMb };
  } finally {
    if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
