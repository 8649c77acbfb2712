import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ShellInfo } from '../../../contract/desktop/api.ts';
import { useSessionStore } from '../../../src-renderer/modules/session/use-session-store.ts';
import { useShellStore } from '../../../src-renderer/modules/shell/use-shell-store.ts';
import { speak } from '../../../src-renderer/shared/i18n/index.ts';
import { choose, labelled, openOwn, screen } from '../helpers/own-account.ts';
import { until } from '../helpers/page.ts';
import { portal as portalAnswer, resident } from '../helpers/people.ts';
import { startFakePortal } from '../helpers/portal.ts';
import type { FakePortal } from '../helpers/portal.ts';

const info = { version: '1.2.3', language: 'sl', theme: 'system' } as ShellInfo;
let portal: FakePortal;

beforeEach(async () => {
  document.body.innerHTML = '';
  portal = await startFakePortal();
  portal.answer('GET /portal', portalAnswer);
  portal.answer('GET /slips', { items: [], nextCursor: null });
});
afterEach(async () => {
  speak('sl');
  await portal.close();
});

describe('the settings of this computer', () => {
  it('are reached from the profile, and lead back', async () => {
    portal.answer('GET /account/notifications', { items: [] });
    const { router } = await openOwn('/profile');
    await choose('Odpri nastavitve računalnika');
    await until(() => router.currentRoute.value.name === 'this-computer');
    await choose('Nazaj na profil');
    await until(() => router.currentRoute.value.name === 'profile');
  });

  it('change the language here and nowhere else', async () => {
    const setLanguage = vi.fn(() => Promise.resolve());
    await openOwn('/this-computer', resident, { shell: { setLanguage } });
    const list = labelled('Jezik programa') as unknown as HTMLSelectElement;
    list.value = 'en';
    list.dispatchEvent(new Event('change', { bubbles: true }));
    await flushPromises();
    expect(screen()).toContain('This computer');
    expect(setLanguage).toHaveBeenCalledExactlyOnceWith('en');
    expect(portal.requests.filter(({ address }) => !address.startsWith('GET'))).toEqual([]);
  });

  it('say where the portal is and which version this is', async () => {
    await openOwn('/this-computer');
    useShellStore().meet(info);
    await flushPromises();
    expect(screen()).toContain('https://portal.vzorec.si');
    expect(screen()).toContain('iiPortal 1.2.3');
  });

  it('are there for who is not signed in, too', async () => {
    const { router } = await openOwn('/this-computer');
    useSessionStore().end();
    await router.push({ name: 'sign-in' });
    await choose('Ta računalnik');
    await until(() => router.currentRoute.value.name === 'this-computer');
    expect(document.querySelector('h1')?.textContent).toBe('Ta računalnik');
    await choose('Nazaj na prijavo');
    await until(() => router.currentRoute.value.name === 'sign-in');
  });
});
