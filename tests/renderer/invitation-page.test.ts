import { flushPromises } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import InvitationPage from '../../src-renderer/modules/guest/InvitationPage.vue';
import { besideField, openPage, type, until } from './helpers/page.ts';
import { clerk, manager } from './helpers/people.ts';
import { startFakePortal } from './helpers/portal.ts';
import type { FakePortal } from './helpers/portal.ts';

const code = 'K7QM-3XRT-9WVDT';
const email = 'petra@primer.si';
const password = 'Zelena-trava-8';
const signIn = vi.fn();
let portal: FakePortal;

beforeEach(async () => {
  portal = await startFakePortal();
  signIn.mockReset();
});
afterEach(() => portal.close());

const submit = async (page: VueWrapper): Promise<void> => {
  await page.find('form').trigger('submit');
  await flushPromises();
};

async function open(hasAccount: boolean) {
  portal.answer('POST /invitations/opening', { managerName: manager.name, role: 'clerk', hasAccount });
  const opened = await openPage(InvitationPage, { session: { signIn } });
  await opened.router.push({ name: 'invitation' });
  await type(opened.page, 'E-naslov', email);
  await type(opened.page, 'Koda iz sporočila', code);
  await submit(opened.page);
  await until(() => opened.page.text().includes(manager.name));
  return opened;
}

const accepted = () => portal.requests.find(({ address }) => address === 'POST /invitations/acceptance')?.body;

describe('an invitation', () => {
  it('makes an account for who has none, and signs the person in', async () => {
    const { page, router } = await open(false);
    await submit(page);
    expect(besideField(page, 'Ime')).toContain('obvezno');
    await type(page, 'Ime', 'Petra');
    await type(page, 'Priimek', 'Žagar');
    await type(page, 'Novo geslo', password);
    await type(page, 'Ponovite novo geslo', password);
    portal.answer('POST /invitations/acceptance', { email });
    signIn.mockResolvedValue({ ok: true, value: clerk });
    await submit(page);
    await until(() => router.currentRoute.value.meta.access === 'clerk');
    expect(accepted()).toMatchObject({ email, password, firstName: 'Petra', lastName: 'Žagar', language: 'sl' });
  });

  it('asks who has an account for the password, and leaves the rest of the sign-in to its page', async () => {
    const { page, router } = await open(true);
    await type(page, 'Geslo', 'Staro-geslo-1');
    portal.answer('POST /invitations/acceptance', { email });
    signIn.mockResolvedValue({
      ok: false,
      problem: { type: '', title: '', status: 403, code: 'second_factor_required' },
    });
    await submit(page);
    await until(() => router.currentRoute.value.name === 'sign-in');
    expect(accepted()).toEqual({ email, code, password: 'Staro-geslo-1' });
  });

  it('says that a code is no longer good', async () => {
    const { page } = await openPage(InvitationPage, { session: { signIn } });
    portal.refuse('POST /invitations/opening', 'code_rejected');
    await type(page, 'E-naslov', email);
    await type(page, 'Koda iz sporočila', code);
    await submit(page);
    await until(() => page.find('[role=alert]').exists());
    expect(page.get('[role=alert]').text()).toContain('Koda ni prava ali ne velja več');
  });

  it('says that the password is wrong, and keeps what was typed', async () => {
    const { page } = await open(true);
    portal.refuse('POST /invitations/acceptance', 'wrong_password');
    await type(page, 'Geslo', 'narobe');
    await submit(page);
    await until(() => page.find('[role=alert]').exists());
    expect(page.get('[role=alert]').text()).toContain('Geslo ni pravo');
    expect(page.text()).toContain(manager.name);
  });
});
