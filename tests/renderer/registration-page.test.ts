import { flushPromises } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import RegistrationPage from '../../src-renderer/modules/guest/RegistrationPage.vue';
import { besideField, field, openPage, type, until } from './helpers/page.ts';
import { idOf, manager, portal as portalAnswer, resident } from './helpers/people.ts';
import { startFakePortal } from './helpers/portal.ts';
import type { FakePortal } from './helpers/portal.ts';

const signIn = vi.fn();
const bridge = { session: { signIn } };
let portal: FakePortal;

beforeEach(async () => {
  portal = await startFakePortal();
  portal.answer('GET /portal', portalAnswer);
  signIn.mockReset();
});
afterEach(() => portal.close());

async function open() {
  const opened = await openPage(RegistrationPage, bridge);
  await until(() => opened.page.text().includes('Izpolnjeno po naslovu portala'));
  return opened;
}

async function fill(page: VueWrapper): Promise<void> {
  await type(page, 'Šifra plačnika', '104217');
  await type(page, 'Geslo z razdelilnika', 'k7qm3xrt9wvdt');
  await type(page, 'Ime', 'Ana');
  await type(page, 'Priimek', 'Priimek');
  await type(page, 'E-naslov', 'ana@primer.si');
  await type(page, 'Geslo', 'Kratko-7!');
  await type(page, 'Ponovite geslo', 'Kratko-7!');
}

const sent = () => portal.requests.filter((request) => request.address === 'POST /registrations');

describe('the registration', () => {
  it('makes an account and signs it in', async () => {
    portal.answer('POST /registrations', { email: 'ana@primer.si' });
    signIn.mockResolvedValue({ ok: true, value: resident });
    const { page, router } = await open();
    await fill(page);
    await page.find('form').trigger('submit');
    await until(() => router.currentRoute.value.name === 'home');
    expect(sent()[0]?.body).toEqual({
      managerId: manager.id,
      payerCode: '104217',
      slipPassword: 'K7QM-3XRT-9WVDT',
      firstName: 'Ana',
      lastName: 'Priimek',
      email: 'ana@primer.si',
      password: 'Kratko-7!',
      language: 'sl',
    });
    expect(signIn).toHaveBeenCalledExactlyOnceWith({ email: 'ana@primer.si', password: 'Kratko-7!' });
  });

  it('goes to the sign-in when only that failed', async () => {
    portal.answer('POST /registrations', { email: 'ana@primer.si' });
    signIn.mockResolvedValue({ ok: false, problem: { type: '', title: '', status: 503, code: 'offline' } });
    const { page, router } = await open();
    await fill(page);
    await page.find('form').trigger('submit');
    await until(() => router.currentRoute.value.name === 'sign-in');
  });

  it('catches a mistyped slip password without asking the server', async () => {
    const { page } = await open();
    await fill(page);
    await type(page, 'Geslo z razdelilnika', 'k7qm3xrt9wvda');
    expect(besideField(page, 'Geslo z razdelilnika')).toContain('tipkarska napaka');
    await page.find('form').trigger('submit');
    await flushPromises();
    expect(document.activeElement).toBe(field(page, 'Geslo z razdelilnika'));
    expect(sent()).toEqual([]);
  });

  it('says that the slip password is copied correctly', async () => {
    const { page } = await open();
    await type(page, 'Geslo z razdelilnika', 'k7qm3xrt9wvdt');
    expect(field(page, 'Geslo z razdelilnika').value).toBe('K7QM-3XRT-9WVDT');
    expect(besideField(page, 'Geslo z razdelilnika')).toContain('pravilno prepisano');
  });

  it('ticks the password rule off while it is typed', async () => {
    const { page } = await open();
    const met = () => page.findAll('.rules .met').map((piece) => piece.attributes('data-rule'));
    expect(met()).toEqual([]);
    await type(page, 'Geslo', 'abc1');
    expect(met()).toEqual(['lower', 'digit']);
    await type(page, 'Geslo', 'Kratko-7!');
    expect(met()).toEqual(['length', 'lower', 'upper', 'digit', 'special', 'common']);
  });

  it('goes to the first faulty field', async () => {
    const { page } = await open();
    await page.find('form').trigger('submit');
    await flushPromises();
    expect(document.activeElement).toBe(field(page, 'Šifra plačnika'));
    expect(page.findAll('[aria-invalid=true]')).toHaveLength(7);
  });

  it('says a taken e-mail at its field', async () => {
    portal.refuse('POST /registrations', 'email_taken');
    const { page } = await open();
    await fill(page);
    await page.find('form').trigger('submit');
    await until(() => besideField(page, 'E-naslov').includes('že registrirani'));
    expect(document.activeElement).toBe(field(page, 'E-naslov'));
  });

  it.each(['slip_password_rejected', 'payer_taken'] as const)('says what to do and whom to ask: %s', async (code) => {
    portal.refuse('POST /registrations', code);
    const { page } = await open();
    await fill(page);
    await page.find('form').trigger('submit');
    await until(() => page.find('form [role=alert]').exists());
    await until(() =>
      page
        .find('form [role=alert]')
        .text()
        .includes(manager.phone ?? ''),
    );
  });

  it("shows the server's findings at their fields", async () => {
    portal.refuse('POST /registrations', 'invalid_request', { fields: [{ path: 'firstName', rule: 'too_long' }] });
    const { page } = await open();
    await fill(page);
    await page.find('form').trigger('submit');
    await until(() => besideField(page, 'Ime').includes('predolgo'));
    expect(document.activeElement).toBe(field(page, 'Ime'));
  });

  it('has the manager chosen where the address names none', async () => {
    const other = { ...manager, id: idOf(2), name: 'Domovanje Drava d.o.o.' };
    portal.answer('GET /portal', { ...portalAnswer, manager: null, managers: [manager, other] });
    const { page } = await openPage(RegistrationPage, bridge);
    await until(() => page.find('form [role=combobox]').exists());
    await page.find('form').trigger('submit');
    await flushPromises();
    expect(besideField(page, 'Upravnik')).toContain('Izberite upravnika');
  });
});
