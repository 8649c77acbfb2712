import { flushPromises } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../../src-renderer/api/problem.ts';
import SignInPage from '../../src-renderer/modules/guest/SignInPage.vue';
import { useGuestStore } from '../../src-renderer/modules/guest/use-guest-store.ts';
import { useSessionStore } from '../../src-renderer/modules/session/use-session-store.ts';
import { besideField, field, openPage, type, until } from './helpers/page.ts';
import { clerk, portal as portalAnswer, resident } from './helpers/people.ts';
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

  it('leads to a new password, and to help for who cannot tell what is wrong', async () => {
    const { page, router } = await openPage(SignInPage, bridge);
    const links = page.findAll('a').map((link) => [link.text(), link.attributes('href')]);
    expect(links).toContainEqual(['POZABLJENO GESLO', router.resolve({ name: 'forgotten-password' }).href]);
    expect(links.map(([, href]) => href)).toContain(router.resolve({ name: 'sign-in-help' }).href);
  });

  it('says why somebody was signed out, and where the other sign-in was', async () => {
    const { page } = await openPage(SignInPage, bridge);
    useSessionStore().end(new ApiProblem({ code: 'session_displaced' }));
    await flushPromises();
    expect(page.text()).toContain('na drugi napravi');
    expect(page.text()).not.toContain('Poskusi znova');
    useSessionStore().end(
      new ApiProblem({
        code: 'session_displaced',
        session: { device: 'Windows, DOMA', since: '2026-11-23T09:31:00.000Z' },
      }),
    );
    await flushPromises();
    expect(page.text()).toContain('na napravi Windows, DOMA (23. 11. 2026');
  });

  it('takes the session up again when the portal can be reached again', async () => {
    const { page, router } = await openPage(SignInPage, bridge);
    useSessionStore().end(new ApiProblem({ code: 'offline' }));
    await flushPromises();
    portal.answer('GET /session', resident);
    await page
      .findAll('button')
      .find((button) => button.text() === 'Poskusi znova')
      ?.trigger('click');
    await until(() => router.currentRoute.value.name === 'home');
  });
});

const refusal = (code: string, more: object = {}) => ({
  ok: false,
  problem: { type: '', title: '', status: 409, code, ...more },
});
const accepted = { ok: true, value: resident };

async function send(page: VueWrapper): Promise<void> {
  await type(page, 'EMAIL', 'ana@primer.si');
  await type(page, 'GESLO', 'Abcdefg1!');
  await page.find('form').trigger('submit');
  await flushPromises();
}

/** Dialogs stand outside the page. */
const press = async (text: string): Promise<void> => {
  const button = [...document.querySelectorAll('button')].find((found) => found.textContent.trim() === text);
  if (!button) throw new Error(`no button says ${text}`);
  button.click();
  await flushPromises();
};

const credentials = { email: 'ana@primer.si', password: 'Abcdefg1!' };

describe('the steps of a sign-in', () => {
  it('asks before it ends the session elsewhere, and says where that is', async () => {
    const session = { device: 'Windows, DOMA', since: '2026-11-23T09:31:00.000Z' };
    signIn.mockResolvedValueOnce(refusal('session_active', { session })).mockResolvedValueOnce(accepted);
    const { page, router } = await openPage(SignInPage, bridge);
    await send(page);
    expect(document.body.textContent).toContain('Prijavljeni ste na napravi Windows, DOMA (od 23. 11. 2026');
    expect(page.find('[role=alert]').exists()).toBe(false);
    await press('Odjavi tam in nadaljuj tukaj');
    await until(() => router.currentRoute.value.name === 'home');
    expect(signIn.mock.calls).toEqual([[credentials], [{ ...credentials, takeOver: true }]]);
  });

  it('leaves the other session alone when the person thinks better of it', async () => {
    signIn.mockResolvedValueOnce(refusal('session_active', { session: { device: null, since: resident.since } }));
    const { page } = await openPage(SignInPage, bridge);
    await send(page);
    expect(document.body.textContent).toContain('Prijavljeni ste na drugi napravi');
    await press('Prekliči');
    expect(signIn).toHaveBeenCalledOnce();
    expect(document.querySelector('[role=alertdialog]')).toBeNull();
    expect(field(page, 'EMAIL').value).toBe('ana@primer.si');
  });

  it('asks for the code of the second factor, again when it was wrong, and takes it along when taking over', async () => {
    signIn
      .mockResolvedValueOnce(refusal('second_factor_required'))
      .mockResolvedValueOnce(refusal('second_factor_rejected'))
      .mockResolvedValueOnce(refusal('session_active', { session: { device: null, since: resident.since } }))
      .mockResolvedValueOnce(accepted);
    const { page, router } = await openPage(SignInPage, bridge);
    await send(page);
    expect(page.find('[role=alert]').exists()).toBe(false);
    await page.find('form').trigger('submit');
    expect(besideField(page, 'Koda za prijavo')).toContain('obvezno');
    await type(page, 'Koda za prijavo', '111 111');
    await page.find('form').trigger('submit');
    await flushPromises();
    expect(page.get('[role=alert]').text()).toContain('Koda ni prava');
    await type(page, 'Koda za prijavo', '222222');
    await page.find('form').trigger('submit');
    await flushPromises();
    await press('Odjavi tam in nadaljuj tukaj');
    await until(() => router.currentRoute.value.name === 'home');
    expect(signIn.mock.calls.slice(1).map(([given]) => given as unknown)).toEqual([
      { ...credentials, secondFactor: '111111' },
      { ...credentials, secondFactor: '222222' },
      { ...credentials, secondFactor: '222222', takeOver: true },
    ]);
  });

  it('answers a human check by itself, and sends the same again', async () => {
    portal.answer('GET /portal', portalAnswer);
    signIn.mockResolvedValueOnce(refusal('human_check_required')).mockResolvedValueOnce(accepted);
    const { page, router } = await openPage(SignInPage, bridge);
    await send(page);
    await until(() => router.currentRoute.value.name === 'home');
    expect(signIn.mock.calls[1]).toEqual([{ ...credentials, humanCheck: '' }]);
  });
});
