import type { Page } from 'playwright-core';

/**
 * All that the page can reach, as one text: its document, storages, databases, caches, cookies, the values hanging on
 * the window, what it has loaded, and what the bridge and the portal answer to it.
 */
export function everythingInReach(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const seen = new Set<unknown>();
    const parts: string[] = [];

    const isObject = (value: unknown): value is object =>
      (typeof value === 'object' && value !== null) || typeof value === 'function';

    function walk(value: unknown, depth: number): void {
      if (typeof value === 'string') parts.push(value);
      else if (typeof value === 'function') parts.push(String(value));
      if (!isObject(value) || depth > 12 || seen.has(value)) return;
      seen.add(value);
      if (value instanceof Map || value instanceof Set) walk([...value], depth + 1);
      for (const key of Reflect.ownKeys(value)) {
        parts.push(String(key));
        try {
          walk(Reflect.get(value, key), depth + 1);
        } catch {
          // A getter that throws gives nothing away.
        }
      }
    }

    async function answers(): Promise<void> {
      for (const path of ['session', 'slips', 'portal']) {
        const response = await fetch(`/api/v1/${path}`);
        parts.push(JSON.stringify([...response.headers]), await response.text());
      }
      const bridge = Reflect.get(window, 'desktop') as { portal: { get(): unknown }; shell: { info(): unknown } };
      parts.push(JSON.stringify([await bridge.portal.get(), await bridge.shell.info()]));
    }

    async function kept(): Promise<void> {
      parts.push(JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie);
      parts.push(JSON.stringify(await indexedDB.databases()));
      for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) parts.push(request.url);
      }
    }

    walk(window, 0);
    parts.push(document.documentElement.outerHTML, JSON.stringify(performance.getEntries()));
    await answers();
    await kept();
    return parts.join('\n');
  });
}
