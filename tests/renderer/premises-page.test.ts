import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Manager } from '../../contract/portal.ts';
import type { Session } from '../../contract/session.ts';
import { usePayerChoiceStore } from '../../src-renderer/modules/slips/use-payer-choice-store.ts';
import { beside, choose, labelled, openOwn, screen, send, toasts, withAccount, write } from './helpers/own-account.ts';
import { until } from './helpers/page.ts';
import { clerk, idOf, manager, portal as portalAnswer, resident } from './helpers/people.ts';
import { startFakePortal } from './helpers/portal.ts';
import type { FakePortal } from './helpers/portal.ts';

const other: Manager = {
  id: idOf(2),
  name: 'Skrbnik Primer d. o. o.',
  street: 'Partizanska cesta 12',
  town: '2000 Maribor',
  email: 'pisarna@primer.example',
  phone: '02 345 67 89',
};
const added = { id: idOf(200), code: '200001', name: 'Priimek Ana', managerId: other.id, managerName: other.name };
const both = { items: [manager, other], nextCursor: null };
const slipPassword = 'K7QM-3XRT-9WVDT';

let portal: FakePortal;
beforeEach(async () => {
  portal = await startFakePortal();
  portal.answer('GET /portal', portalAnswer);
  portal.answer('GET /slips', { items: [], nextCursor: null });
  portal.answer('GET /managers', both);
});
afterEach(() => portal.close());

const sent = (operation: string) => portal.requests.filter(({ address }) => address === operation);
const searches = () =>
  portal.requests.map(({ address }) => address).filter((address) => address.startsWith('GET /managers'));
const options = () => [...document.querySelectorAll<HTMLElement>('[role=option]')];

async function open(session: Session = resident) {
  const opened = await openOwn('/premises/add', session);
  await until(() => searches().length > 0);
  return opened;
}

/** Opens the list and takes the manager with the keyboard, as found by what is typed. */
async function pick(typed: string, found: Manager): Promise<void> {
  portal.answer('GET /managers', { items: [found], nextCursor: null });
  labelled('Upravnik').click();
  await flushPromises();
  await write('Upravnik', typed);
  await until(() => options().length === 1 && (options()[0]?.textContent ?? '').includes(found.name));
  portal.answer('GET /managers', both);
  options()[0]?.click();
  await flushPromises();
}

async function fill(code = '200001'): Promise<void> {
  await pick('maribor', other);
  await write('Šifra plačnika', code);
  await write('Geslo z razdelilnika', slipPassword.toLowerCase());
}

describe('Dodaj upravnika', () => {
  it('is in the menu of everybody who is signed in', async () => {
    const { router } = await openOwn('/profile', clerk);
    await choose('Dodaj upravnika');
    await until(() => router.currentRoute.value.name === 'add-premises');
  });

  it('adds premises and shows their slips', async () => {
    portal.answer('POST /account/payers', { ...resident, payers: [...resident.payers, added] });
    const { router } = await open();
    await fill(' 200001 ');
    await send();
    await until(() => router.currentRoute.value.name === 'home');
    expect(sent('POST /account/payers')[0]?.body).toEqual({ managerId: other.id, payerCode: ' 200001 ', slipPassword });
    expect(toasts()).toEqual([`Dodano: Priimek Ana, ${other.name}`]);
    expect(usePayerChoiceStore().payerId).toBe(added.id);
  });

  it('searches the managers on the server, once for a word', async () => {
    await open();
    labelled('Upravnik').click();
    await flushPromises();
    expect(options()).toHaveLength(2);
    portal.answer('GET /managers', { items: [other], nextCursor: null });
    for (const typed of ['m', 'ma', 'mar']) await write('Upravnik', typed);
    await until(() => options().length === 1);
    expect(searches()).toEqual(['GET /managers?limit=20', 'GET /managers?limit=20&search=mar']);
  });

  it('says that there is no such manager, and that the search failed', async () => {
    await open();
    labelled('Upravnik').click();
    await flushPromises();
    portal.answer('GET /managers', { items: [], nextCursor: null });
    await write('Upravnik', 'xyz');
    await until(() => screen().includes('Ni zadetkov'));
    portal.refuse('GET /managers', 'offline');
    await write('Upravnik', 'xyzw');
    await until(() => screen().includes('Portala ne dosežemo'));
  });

  it('says that there are more than are shown', async () => {
    portal.answer('GET /managers', { items: [manager, other], nextCursor: 'more' });
    await open();
    await until(() => screen().includes('Prikazanih je prvih 2 zadetkov'));
  });

  it('has nothing to choose where there is one manager', async () => {
    portal.answer('GET /managers', { items: [manager], nextCursor: null });
    portal.answer('POST /account/payers', {
      ...resident,
      payers: [...resident.payers, { ...added, managerId: manager.id }],
    });
    const { router } = await open();
    await until(() => labelled('Upravnik').readOnly);
    expect(labelled('Upravnik').value).toBe(manager.name);
    await write('Šifra plačnika', '200001');
    await write('Geslo z razdelilnika', slipPassword);
    await send();
    await until(() => router.currentRoute.value.name === 'home');
    expect(sent('POST /account/payers')[0]?.body).toMatchObject({ managerId: manager.id });
  });

  it('keeps the chosen name when another search does not find it', async () => {
    await open();
    await fill();
    portal.answer('GET /managers', { items: [manager, { ...manager, id: idOf(3) }], nextCursor: null });
    labelled('Upravnik').click();
    await write('Upravnik', 'ljubljana');
    await until(() => searches().at(-1)?.includes('ljubljana') === true);
    labelled('Upravnik').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await until(() => labelled('Upravnik').value === other.name);
  });

  it('goes to the first field that is not filled in', async () => {
    await open();
    await send();
    expect(beside('Upravnik')).toContain('Izberite upravnika');
    expect(beside('Šifra plačnika')).toContain('obvezno');
    expect(document.activeElement).toBe(labelled('Upravnik'));
    expect(sent('POST /account/payers')).toEqual([]);
  });

  it('catches a mistyped slip password without asking the server', async () => {
    await open();
    await fill();
    await write('Geslo z razdelilnika', 'k7qm3xrt9wvd');
    expect(beside('Geslo z razdelilnika')).toContain('13\u00a0znakov');
    await write('Geslo z razdelilnika', 'k7qm3xrt9wvda');
    await send();
    expect(beside('Geslo z razdelilnika')).toContain('tipkarska napaka');
    expect(sent('POST /account/payers')).toEqual([]);
  });

  it('says kindly that a payer is the own already, and shows the slips', async () => {
    const { router } = await open({ ...resident, payers: [...resident.payers, added] });
    await pick('maribor', other);
    await write('Šifra plačnika', '200001');
    expect(screen()).toContain('Ta plačnik je že vaš');
    expect(() => labelled('Geslo z razdelilnika')).toThrow('no field');
    await send();
    expect(sent('POST /account/payers')).toEqual([]);
    await choose('Pokaži razdelilnike');
    await until(() => router.currentRoute.value.name === 'home');
    expect(usePayerChoiceStore().payerId).toBe(added.id);
  });

  it.each(['slip_password_rejected', 'payer_taken'] as const)('says whom to call: %s', async (code) => {
    portal.refuse('POST /account/payers', code);
    await open();
    await fill();
    await send();
    await until(() => document.querySelector('[role=alert]') !== null);
    expect(document.querySelector('[role=alert]')?.textContent).toContain('02 345 67 89');
    await write('Šifra plačnika', '200002');
    expect(document.querySelector('[role=alert]')).toBeNull();
  });

  it('leads to the confirmation first while the e-mail is unconfirmed', async () => {
    const { router } = await openOwn('/premises/add', withAccount({ emailConfirmed: false }));
    expect(screen()).toContain('Najprej potrdite svoj e-naslov');
    expect(document.querySelector('form')).toBeNull();
    await choose('Potrdi e-naslov');
    await until(() => router.currentRoute.value.name === 'email-confirmation');
  });
});
