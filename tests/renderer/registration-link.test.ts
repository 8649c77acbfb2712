import { flushPromises } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { mount } from '@vue/test-utils';
import { createMemoryHistory } from 'vue-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RegistrationLink } from '../../contract/deep-link.ts';
import type { Session } from '../../contract/session.ts';
import App from '../../src-renderer/App.vue';
import { followLinks } from '../../src-renderer/modules/registration-link/follow-links.ts';
import { useLinkStore } from '../../src-renderer/modules/registration-link/use-link-store.ts';
import { useSessionStore } from '../../src-renderer/modules/session/use-session-store.ts';
import { useShellStore } from '../../src-renderer/modules/shell/use-shell-store.ts';
import { createAppRouter } from '../../src-renderer/router.ts';
import { i18n, speak } from '../../src-renderer/shared/i18n/index.ts';
import { choose, dialog, labelled, screen, write } from './helpers/own-account.ts';
import { asBridge, until } from './helpers/page.ts';
import { idOf, manager, portal as portalAnswer, resident } from './helpers/people.ts';
import { startFakePortal } from './helpers/portal.ts';
import type { FakePortal } from './helpers/portal.ts';

const address = 'https://portal.vzorec.si';
const link: RegistrationLink = { portal: address, manager: manager.id, code: '104218' };
const elsewhere = { ...link, portal: 'https://portal.drugi.si' };

let portal: FakePortal;
let given: RegistrationLink | null;
let tell: () => void;
const setPortal = vi.fn();

beforeEach(async () => {
  document.body.innerHTML = '';
  portal = await startFakePortal();
  portal.answer('GET /portal', portalAnswer);
  portal.answer('GET /slips', { items: [], nextCursor: null });
  portal.answer('GET /managers', { items: [manager], nextCursor: null });
  setPortal.mockReset();
});
afterEach(() => portal.close());

/** The app as main.ts starts it, opened with a link or without. */
async function start(opened: RegistrationLink | null, session: Session | null = null, at: string | null = address) {
  given = opened;
  const pinia = createPinia();
  setActivePinia(pinia);
  speak('sl');
  const take = () => {
    const taken = given;
    given = null;
    return Promise.resolve(taken);
  };
  const onOpen = (listener: () => void) => {
    tell = listener;
    return () => undefined;
  };
  Reflect.set(window, 'desktop', asBridge({ deepLink: { take, onOpen }, portal: { set: setPortal } }));
  useShellStore().setAddress(at);
  if (session) useSessionStore().begin(session);
  const router = createAppRouter(createMemoryHistory());
  mount(App, { global: { plugins: [pinia, i18n, router] }, attachTo: document.body });
  await router.push('/');
  await followLinks(router);
  await flushPromises();
  return router;
}

/** As a link opens the program that runs already. */
async function open(opened: RegistrationLink): Promise<void> {
  given = opened;
  tell();
  await flushPromises();
}

/** The menu behind the notice has the same words. */
async function answer(words: string): Promise<void> {
  const buttons = [...(dialog()?.querySelectorAll('button') ?? [])];
  buttons.find((button) => button.textContent?.trim() === words)?.click();
  await flushPromises();
}

const filledIn = () => [labelled('Upravnik').value, labelled('Šifra plačnika').value];

describe('a link to the registration', () => {
  it('opens it with manager and payer code filled in, ready for the slip password; nothing is sent', async () => {
    const router = await start(link);
    await until(() => screen().includes('smo izpolnili iz povezave'));
    expect(router.currentRoute.value.name).toBe('registration');
    await until(() => filledIn()[0] !== '');
    expect(filledIn()).toEqual([manager.name, '104218']);
    expect(document.activeElement).toBe(labelled('Geslo z razdelilnika'));
    expect(portal.requests.filter(({ address: asked }) => !asked.startsWith('GET'))).toEqual([]);
  });

  it('opens it also while the program runs, and keeps what has been typed', async () => {
    const router = await start(null);
    expect(router.currentRoute.value.name).toBe('sign-in');
    await router.push({ name: 'registration' });
    await until(() => screen().includes('Izpolnjeno po naslovu portala'));
    await write('Ime', 'Ana');
    await open(link);
    await until(() => labelled('Šifra plačnika').value === '104218');
    expect(labelled('Ime').value).toBe('Ana');
    expect(document.activeElement).toBe(labelled('Geslo z razdelilnika'));
  });

  it('chooses among the managers of the portal', async () => {
    const other = { ...manager, id: idOf(2), name: 'Skrbnik Primer d. o. o.' };
    portal.answer('GET /portal', { ...portalAnswer, manager: null, managers: [manager, other] });
    await start({ ...link, manager: other.id });
    await until(() => screen().includes('smo izpolnili iz povezave'));
    await until(() => labelled('Upravnik').value === other.name);
  });

  it('of a manager that the portal does not know keeps the payer code, and says so', async () => {
    await start({ ...link, manager: idOf(77) });
    await until(() => screen().includes('Upravnika iz povezave na tem portalu ni.'));
    expect(labelled('Šifra plačnika').value).toBe('104218');
  });

  it('is offered again to who signs in instead of registering', async () => {
    const router = await start(link);
    useSessionStore().begin(resident);
    await router.push('/');
    await until(() => dialog() !== null);
    expect(dialog()?.textContent).toContain('104218');
  });
});

describe('a link, for who is signed in', () => {
  it('tells that no registration is needed, and leads to the adding of premises', async () => {
    const router = await start(link, resident);
    await until(() => dialog() !== null);
    expect(router.currentRoute.value.name).toBe('home');
    expect(dialog()?.textContent).toContain('Registracija ni potrebna');
    expect(dialog()?.textContent).toContain('ana@primer.si');
    await answer('Dodaj upravnika');
    await until(() => router.currentRoute.value.name === 'add-premises');
    await until(() => labelled('Šifra plačnika').value === '104218');
    await until(() => labelled('Upravnik').value === manager.name);
    expect(dialog()).toBeNull();
    expect(document.activeElement).toBe(labelled('Geslo z razdelilnika'));
    await router.push({ name: 'home' });
    expect(useLinkStore().link).toBeNull();
  });

  it('chooses the manager where there are several', async () => {
    const other = { ...manager, id: idOf(2), name: 'Skrbnik Primer d. o. o.' };
    portal.answer('GET /portal', { ...portalAnswer, manager: null, managers: [manager, other] });
    portal.answer('GET /managers', { items: [manager], nextCursor: 'more' });
    await start({ ...link, manager: other.id }, resident);
    await until(() => dialog() !== null);
    await answer('Dodaj upravnika');
    await until(() => labelled('Upravnik').value === other.name);
  });

  it('says that the payer is in the account already, and offers nothing', async () => {
    await start({ ...link, code: resident.payers[0]!.code }, resident);
    await until(() => dialog() !== null);
    expect(dialog()?.textContent).toContain('Ta plačnik je že v vašem uporabniškem računu.');
    expect(dialog()?.textContent).not.toContain('Dodaj upravnika');
  });

  it('can be put aside', async () => {
    const router = await start(link, resident);
    await until(() => dialog() !== null);
    await choose('Zapri');
    await until(() => dialog() === null);
    expect([router.currentRoute.value.name, useLinkStore().link]).toEqual(['home', null]);
  });

  it('and is for another portal, tells both addresses and changes nothing', async () => {
    await start(elsewhere, resident);
    await until(() => dialog() !== null);
    for (const origin of [address, elsewhere.portal]) expect(dialog()?.textContent).toContain(origin);
    expect(dialog()?.textContent).toContain('Ostali boste prijavljeni');
    expect(dialog()?.textContent).not.toContain('Spremeni naslov portala');
    await choose('Ohrani svoj portal');
    await until(() => dialog() === null);
    expect(setPortal).not.toHaveBeenCalled();
    expect(useSessionStore().isSignedIn).toBe(true);
  });
});

describe('a link, for another portal than the set one', () => {
  it('tells both addresses; the set one stays unless the person changes it', async () => {
    const router = await start(elsewhere);
    await until(() => dialog() !== null);
    for (const origin of [address, elsewhere.portal]) expect(dialog()?.textContent).toContain(origin);
    expect(router.currentRoute.value.name).toBe('sign-in');
    await choose('Spremeni naslov portala');
    await until(() => router.currentRoute.value.name === 'portal');
    expect(labelled('Naslov portala').value).toBe(elsewhere.portal);
    expect(setPortal).not.toHaveBeenCalled();
    await choose('Ohrani sedanji naslov');
    await until(() => router.currentRoute.value.name === 'sign-in');
    expect(useLinkStore().link).toBeNull();
  });
});

describe('a link, at the first start', () => {
  it('fills the address in; with one click the registration is there', async () => {
    setPortal.mockResolvedValue({ ok: true, value: { address } });
    const router = await start(link, null, null);
    await until(() => labelled('Naslov portala').value === address);
    expect(screen()).toContain('Naslov smo izpolnili iz povezave');
    expect(setPortal).not.toHaveBeenCalled();
    document.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await until(() => router.currentRoute.value.name === 'registration');
    expect(setPortal).toHaveBeenCalledExactlyOnceWith(address);
    await until(() => filledIn()[0] !== '');
    expect(filledIn()).toEqual([manager.name, '104218']);
  });
});
