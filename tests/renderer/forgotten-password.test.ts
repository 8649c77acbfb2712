import { flushPromises } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ForgottenPasswordPage from '../../src-renderer/modules/guest/ForgottenPasswordPage.vue';
import SignInHelpPage from '../../src-renderer/modules/guest/SignInHelpPage.vue';
import { useGuestStore } from '../../src-renderer/modules/guest/use-guest-store.ts';
import { besideField, field, openPage, type, until } from './helpers/page.ts';
import { manager, portal as portalAnswer } from './helpers/people.ts';
import { startFakePortal } from './helpers/portal.ts';
import type { FakePortal } from './helpers/portal.ts';

const code = 'K7QM-3XRT-9WVDT';
const password = 'Zelena-trava-8';
let portal: FakePortal;

beforeEach(async () => {
  portal = await startFakePortal();
  portal.answer('GET /portal', portalAnswer);
});
afterEach(() => portal.close());

const submit = async (page: VueWrapper): Promise<void> => {
  await page.find('form').trigger('submit');
  await flushPromises();
};

const press = async (page: VueWrapper, text: string): Promise<void> => {
  await page
    .findAll('button')
    .find((button) => button.text() === text)
    ?.trigger('click');
  await flushPromises();
};

const sent = (operation: string) => portal.requests.filter(({ address }) => address === operation);

async function askForCode(page: VueWrapper): Promise<void> {
  portal.answer('POST /password-resets', {});
  await type(page, 'E-naslov', ' Ana@Primer.si ');
  await submit(page);
  await until(() => page.text().includes('Poglejte v svoj e-poštni predal'));
}

async function fillIn(page: VueWrapper, given: Partial<Record<'code' | 'password' | 'repeat', string>> = {}) {
  await type(page, 'Koda iz sporočila', given.code ?? code);
  await type(page, 'Novo geslo', given.password ?? password);
  await type(page, 'Ponovite novo geslo', given.repeat ?? given.password ?? password);
}

describe('the forgotten password', () => {
  it('asks for the address, then for the code and a new password, and leads to the sign-in', async () => {
    const { page, router } = await openPage(ForgottenPasswordPage);
    await router.push({ name: 'forgotten-password' });
    await askForCode(page);
    expect(sent('POST /password-resets')).toMatchObject([{ body: { email: 'ana@primer.si' } }]);
    expect(page.text()).toContain('Do kdaj velja, piše v sporočilu');
    portal.answer('POST /password-resets/completion', undefined);
    await fillIn(page, { code: code.toLowerCase() });
    await submit(page);
    await until(() => useGuestStore().news === 'reset' && router.currentRoute.value.name === 'sign-in');
    expect(sent('POST /password-resets/completion')).toMatchObject([{ body: { email: 'ana@primer.si', password } }]);
    expect(useGuestStore()).toMatchObject({ news: 'reset', email: 'ana@primer.si' });
  });

  it('sends nothing before address, code and password can be right', async () => {
    const { page } = await openPage(ForgottenPasswordPage);
    await type(page, 'E-naslov', 'ana');
    await submit(page);
    expect(besideField(page, 'E-naslov')).toContain('celoten e-naslov');
    expect(document.activeElement).toBe(field(page, 'E-naslov'));
    await press(page, 'Kodo že imam');
    await fillIn(page, { code: 'K7QM-3XRT-9WVDA', password: 'Geslo123!', repeat: 'Geslo124!' });
    await submit(page);
    expect(besideField(page, 'E-naslov')).toContain('celoten e-naslov');
    expect(besideField(page, 'Koda iz sporočila')).toContain('13\u00a0znakov');
    expect(besideField(page, 'Novo geslo')).toContain('preveč znano');
    expect(besideField(page, 'Ponovite novo geslo')).toContain('ne ujemata');
    expect(portal.requests.filter(({ address }) => address.startsWith('POST'))).toEqual([]);
  });

  it('says that a code is no longer good, and sends another one', async () => {
    const { page } = await openPage(ForgottenPasswordPage);
    await askForCode(page);
    portal.refuse('POST /password-resets/completion', 'code_rejected');
    await fillIn(page);
    await submit(page);
    await until(() => page.find('[role=alert]').exists());
    expect(page.get('[role=alert]').text()).toContain('Koda ni prava ali ne velja več');
    await press(page, 'Pošlji novo kodo');
    expect(page.find('[role=alert]').exists()).toBe(false);
    expect(field(page, 'E-naslov').readOnly).toBe(false);
  });

  it('shows what the portal finds wrong with the password at its field', async () => {
    const { page } = await openPage(ForgottenPasswordPage);
    await askForCode(page);
    portal.refuse('POST /password-resets/completion', 'invalid_request', {
      fields: [{ path: 'password', rule: 'common_password' }],
    });
    await fillIn(page);
    await submit(page);
    await until(() => besideField(page, 'Novo geslo').includes('preveč znano'));
  });
});

describe('the help for who cannot get in', () => {
  it('leads to each way in, and names the office', async () => {
    const { page, router } = await openPage(SignInHelpPage);
    await until(() => page.text().includes(manager.phone ?? ''));
    const hrefs = page.findAll('a').map((link) => link.attributes('href'));
    for (const name of ['forgotten-password', 'registration', 'invitation', 'sign-in'])
      expect(hrefs).toContain(router.resolve({ name }).href);
  });
});
