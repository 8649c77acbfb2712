import type { Page } from 'playwright-core';

/**
 * All that the page can reach, as one text: its document, storages, databases, caches, cookies, the values hanging on
 * the window and on elements, what it has loaded, and what the bridge and the portal answer to it.
 */
export function everythingInReach(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const parts: string[] = [];
    const texts = new Set<string>();

    const isObject = (value: unknown): value is object =>
      (typeof value === 'object' && value !== null) || typeof value === 'function';

    const members = (value: object): unknown[] => {
      const inside: unknown[] = value instanceof Map || value instanceof Set ? [...value] : [];
      for (const key of Reflect.ownKeys(value)) {
        inside.push(String(key));
        try {
          inside.push(Reflect.get(value, key));
        } catch {
          // A getter that throws gives nothing away.
        }
      }
      return inside;
    };

    /** All that hangs on the window and, as the client's stores and pages do, on elements. */
    function walk(): void {
      const elements = [...document.querySelectorAll('*')];
      const found = new Set<unknown>([window, ...elements]);
      for (const value of found) {
        if (typeof value === 'string') texts.add(value);
        else if (typeof value === 'function') texts.add(String(value));
        if (isObject(value)) for (const member of members(value)) found.add(member);
      }
      for (const element of elements) if (element instanceof HTMLInputElement) texts.add(element.value);
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

    walk();
    parts.push(...texts, document.documentElement.outerHTML, JSON.stringify(performance.getEntries()));
    await answers();
    await kept();
    return parts.join('\n');
  });
}
