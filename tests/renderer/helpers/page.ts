import { enableAutoUnmount, flushPromises, mount } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach } from 'vitest';
import type { Component } from 'vue';
import { createMemoryHistory } from 'vue-router';
import type { Router } from 'vue-router';
import type { DesktopApi, OfflineState } from '../../../contract/desktop/api.ts';
import { useShellStore } from '../../../src-renderer/modules/shell/use-shell-store.ts';
import { createAppRouter } from '../../../src-renderer/router.ts';
import { i18n, speak } from '../../../src-renderer/shared/i18n/index.ts';

enableAutoUnmount(afterEach);

export type PartOfDesktop = { [Part in keyof DesktopApi]?: Partial<DesktopApi[Part]> };

/** What the program says of slips for reading without a connection, where a test says nothing else. */
export const offlineOf = (given: Partial<OfflineState> = {}): Pick<DesktopApi['offline'], 'state' | 'onState'> => ({
  state: () => Promise.resolve({ ...{ status: 'nothing', done: 0, total: 0, bytes: 0, asOf: null }, ...given }),
  onState: () => () => undefined,
});

/** As Electron's bridge takes what it is given: a proxy, as Vue makes them, does not pass. */
export function asBridge(parts: PartOfDesktop): PartOfDesktop {
  const guarded =
    (method: (...given: unknown[]) => unknown) =>
    (...given: unknown[]) => {
      for (const one of given) if (typeof one !== 'function') structuredClone(one);
      return method(...given);
    };
  const part = (methods: object) =>
    Object.entries(methods).map(([name, method]) => [name, guarded(method as (...given: unknown[]) => unknown)]);
  return Object.fromEntries(
    Object.entries({ offline: offlineOf(), ...parts }).map(([name, methods]) => [
      name,
      Object.fromEntries(part(methods)),
    ]),
  );
}

/** A page as the app shows it: with its stores, words and router, over a bridge that can do what the test gives it. */
export async function openPage(
  page: unknown,
  bridge: PartOfDesktop = {},
  props: Record<string, string> = {},
): Promise<{ page: VueWrapper; router: Router }> {
  setActivePinia(createPinia());
  speak('sl');
  (window as unknown as { desktop: PartOfDesktop }).desktop = asBridge(bridge);
  useShellStore().setAddress('https://portal.vzorec.si');
  const router = createAppRouter(createMemoryHistory());
  const wrapper = mount(page as Component, {
    props,
    attachTo: document.body,
    global: { plugins: [i18n, router] },
  }) as VueWrapper;
  await flushPromises();
  return { page: wrapper, router };
}

/** The field under the label, as a person finds it. */
export function field(page: VueWrapper, label: string): HTMLInputElement {
  const labels = page.findAll('label').filter((found) => found.text() === label);
  const input = labels[0] && document.getElementById(labels[0].attributes('for') ?? '');
  if (!(input instanceof HTMLInputElement)) throw new Error(`no field is labelled ${label}`);
  return input;
}

export async function type(page: VueWrapper, label: string, text: string): Promise<void> {
  const input = field(page, label);
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('blur'));
  await flushPromises();
}

/** What stands beside a field for the eye and, by aria-describedby, for the ear. */
export const besideField = (page: VueWrapper, label: string): string =>
  (field(page, label).getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');

/** Waits for something that answers of the fake portal bring about. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not within half a minute: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await flushPromises();
  }
}
