import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import SignInPage from '../../src-renderer/modules/guest/SignInPage.vue';
import { useGuestStore } from '../../src-renderer/modules/guest/use-guest-store.ts';
import { useSessionStore } from '../../src-renderer/modules/session/use-session-store.ts';
import { besideField, field, openPage, type, until } from './helpers/page.ts';
import { clerk, manager, portal as portalAnswer, resident } from './helpers/people.ts';
import { startFakePortal } from './helpers/portal.ts';
import type { FakePortal } from './helpers/portal.ts';

const signIn = vi.fn();
const bridge = { session: { signIn } };
let portal: FakePortal;

beforeEach(async () => {
  portal = await startFakePortal();
  signIn.mockReset();
});
afterEach(() => portal.close());

describe('the sign-in', () => {
  it('sends a resident to the first screen', async () => {
    signIn.mockResolvedValue({ ok: true, value: resident });
    const { page, router } = await openPage(SignInPage, bridge);
    await type(page, 'EMAIL', ' Ana@Primer.si ');
    await type(page, 'GESLO', 'Abcdefg1!');
    await page.find('form').trigger('submit');
    await until(() => router.currentRoute.value.name === 'home');
    expect(signIn).toHaveBeenCalledExactlyOnceWith({ email: 'ana@primer.si', password: 'Abcdefg1!' });
    expect(useSessionStore().session).toEqual(resident);
  });

  it('sends staff to the office', async () => {
    signIn.mockResolvedValue({ ok: true, value: clerk });
    const { page, router } = await openPage(SignInPage, bridge);
    await type(page, 'EMAIL', 'ana@primer.si');
    await type(page, 'GESLO', 'x');
    await page.find('form').trigger('submit');
    await until(() => router.currentRoute.value.meta.access === 'clerk');
  });

  it('says at the fields what is missing, and goes to the first', async () => {
    const { page } = await openPage(SignInPage, bridge);
    await page.find('form').trigger('submit');
    await flushPromises();
    expect(besideField(page, 'EMAIL')).toContain('obvezno');
    expect(besideField(page, 'GESLO')).toContain('obvezno');
    expect(document.activeElement).toBe(field(page, 'EMAIL'));
    expect(signIn).not.toHaveBeenCalled();
  });

  it('says what to do when e-mail and password do not belong together', async () => {
    const problem = { type: '', title: '', status: 401, code: 'wrong_credentials' };
    signIn.mockResolvedValue({ ok: false, problem });
    const { page } = await openPage(SignInPage, bridge);
    await type(page, 'EMAIL', 'ana@primer.si');
    await type(page, 'GESLO', 'narobe');
    await page.find('form').trigger('submit');
    await flushPromises();
    expect(page.find('[role=alert]').text()).toContain('se ne ujemata');
    expect(field(page, 'EMAIL').value).toBe('ana@primer.si');
  });

  it('leads a payer code and a slip password to the registration', async () => {
    const { page, router } = await openPage(SignInPage, bridge);
    await type(page, 'EMAIL', '104217');
    await type(page, 'GESLO', 'k7qm-3xrt-9wvdt');
    expect(page.text()).toContain('To ni e-naslov');
    const lead = page.findAll('button').find((button) => button.text() === 'Na REGISTRACIJO s šifro 104217');
    await lead?.trigger('click');
    await until(() => router.currentRoute.value.name === 'registration');
    expect(useGuestStore().payerCode).toBe('104217');
    expect(useGuestStore().slipPassword).toBe('K7QM-3XRT-9WVDT');
    expect(router.currentRoute.value.fullPath).toBe('/registration');
  });

  it('tells the slip password from an own one', async () => {
    const { page } = await openPage(SignInPage, bridge);
    await type(page, 'EMAIL', 'ana@primer.si');
    await type(page, 'GESLO', 'K7QM-3XRT-9WVDA');
    expect(page.text()).not.toContain('To je geslo z razdelilnika');
    await type(page, 'GESLO', 'K7QM-3XRT-9WVDT');
    expect(page.text()).toContain('To je geslo z razdelilnika');
  });

  it('says whom to ask about a forgotten password', async () => {
    portal.answer('GET /portal', portalAnswer);
    const { page } = await openPage(SignInPage, bridge);
    await page
      .findAll('button')
      .find((button) => button.text() === 'POZABLJENO GESLO')
      ?.trigger('click');
    await until(() => document.body.textContent.includes(manager.phone ?? ''));
    expect(document.body.textContent).toContain(manager.email);
  });

  it('says why somebody was signed out', async () => {
    const { page } = await openPage(SignInPage, bridge);
    useSessionStore().end('session_displaced');
    await flushPromises();
    expect(page.text()).toContain('na drugi napravi');
    expect(page.text()).not.toContain('Poskusi znova');
  });

  it('takes the session up again when the portal can be reached again', async () => {
    const { page, router } = await openPage(SignInPage, bridge);
    useSessionStore().end('offline');
    await flushPromises();
    portal.answer('GET /session', resident);
    await page
      .findAll('button')
      .find((button) => button.text() === 'Poskusi znova')
      ?.trigger('click');
    await until(() => router.currentRoute.value.name === 'home');
  });
});
