import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DesktopApi } from '../../contract/desktop/api.ts';
import type { Session } from '../../contract/session.ts';
import { useSessionStore } from '../../src-renderer/modules/session/use-session-store.ts';
import { speak } from '../../src-renderer/shared/i18n/index.ts';
import {
  beside,
  choose,
  dialog,
  labelled,
  openOwn,
  refusal,
  screen,
  send,
  toasts,
  withAccount,
  write,
} from './helpers/own-account.ts';
import { offlineOf, until, type PartOfDesktop } from './helpers/page.ts';
import { clerk, idOf, manager, portal as portalAnswer, resident } from './helpers/people.ts';
import { startFakePortal } from './helpers/portal.ts';
import type { FakePortal } from './helpers/portal.ts';

const choice = { managerId: manager.id, managerName: manager.name, newSlips: true };
let portal: FakePortal;

beforeEach(async () => {
  portal = await startFakePortal();
  portal.answer('GET /portal', portalAnswer);
  portal.answer('GET /account/notifications', { items: [choice] });
});
afterEach(async () => {
  speak('sl');
  await portal.close();
});

const sent = (operation: string) => portal.requests.filter(({ address }) => address === operation);
const open = (session?: Session, bridge?: PartOfDesktop) => openOwn('/profile', session, bridge);

describe('the name', () => {
  it('is changed in a dialog', async () => {
    portal.answer('PATCH /account', withAccount({ firstName: 'Anja' }));
    await open();
    await choose('Spremeni ime in priimek');
    expect(labelled('Ime').value).toBe('Ana');
    await write('Ime', ' Anja ');
    await send();
    await until(() => dialog() === null);
    expect(sent('PATCH /account')[0]?.body).toEqual({ firstName: ' Anja ', lastName: 'Priimek' });
    expect(screen()).toContain('Anja Priimek');
    expect(toasts()).toContain('Shranjeno.');
  });

  it('is not sent empty, and begins anew when the dialog is opened again', async () => {
    await open();
    await choose('Spremeni ime in priimek');
    await write('Priimek', '  ');
    await send();
    expect(beside('Priimek')).toContain('To polje je obvezno');
    expect(document.activeElement).toBe(labelled('Priimek'));
    expect(sent('PATCH /account')).toEqual([]);
    await choose('Prekliči');
    await choose('Spremeni ime in priimek');
    expect(labelled('Priimek').value).toBe('Priimek');
    expect(beside('Priimek')).not.toContain('obvezno');
  });

  it('that comes back after the sign-out signs nobody in', async () => {
    portal.answer('PATCH /account', withAccount({ firstName: 'Anja' }));
    await open();
    await choose('Spremeni ime in priimek');
    await write('Ime', 'Anja');
    const sending = send();
    useSessionStore().end();
    await sending;
    await until(() => sent('PATCH /account').length === 1 && toasts().length > 0);
    expect(useSessionStore().isSignedIn).toBe(false);
  });

  it('stays in the dialog when it could not be saved', async () => {
    portal.refuse('PATCH /account', 'unavailable');
    await open();
    await choose('Spremeni ime in priimek');
    await write('Ime', 'Anja');
    await send();
    await until(() => (dialog()?.textContent ?? '').includes('Portal se zaganja'));
    expect(useSessionStore().session?.account.firstName).toBe('Ana');
  });
});

describe('the e-mail address', () => {
  it('is changed with the own password; then the code is asked for', async () => {
    portal.answer('PUT /account/email', withAccount({ newEmail: 'nova@primer.si' }));
    const { router } = await open();
    await choose('Spremeni e-naslov');
    await write('Novi e-naslov', 'Nova@Primer.si');
    await write('Vaše geslo', 'Moje-geslo-7');
    await send();
    await until(() => router.currentRoute.value.name === 'email-confirmation');
    expect(sent('PUT /account/email')[0]?.body).toEqual({ email: 'Nova@Primer.si', password: 'Moje-geslo-7' });
    await until(() => screen().includes('nova@primer.si'));
  });

  it('is not sent when it is none, or the present one, or without the password', async () => {
    await open();
    await choose('Spremeni e-naslov');
    await write('Novi e-naslov', 'nova');
    await send();
    expect(beside('Novi e-naslov')).toContain('celoten e-naslov');
    expect(beside('Vaše geslo')).toContain('obvezno');
    await write('Vaše geslo', 'Moje-geslo-7');
    await write('Novi e-naslov', ' ANA@primer.si');
    await send();
    expect(beside('Novi e-naslov')).toContain('To je že vaš e-naslov');
    expect(sent('PUT /account/email')).toEqual([]);
  });

  it('stays when the password is wrong, which is said at its field', async () => {
    portal.refuse('PUT /account/email', 'wrong_password');
    await open();
    await choose('Spremeni e-naslov');
    await write('Novi e-naslov', 'nova@primer.si');
    await write('Vaše geslo', 'napačno');
    await send();
    await until(() => beside('Vaše geslo').includes('Geslo ni pravo'));
    expect(document.activeElement).toBe(labelled('Vaše geslo'));
    await write('Vaše geslo', 'napačno1');
    expect(beside('Vaše geslo')).not.toContain('Geslo ni pravo');
  });

  it('that waits is shown, and can be given up', async () => {
    portal.answer('DELETE /account/email/change', resident);
    await open(withAccount({ newEmail: 'nova@primer.si' }));
    expect(screen()).toContain('Čaka na potrditev: nova@primer.si');
    await choose('Prekliči spremembo');
    await until(() => !screen().includes('Čaka na potrditev'));
    expect(toasts()).toEqual(['E-naslov ostaja ana@primer.si.']);
  });

  it('that waits stays when giving it up fails', async () => {
    portal.refuse('DELETE /account/email/change', 'offline');
    await open(withAccount({ newEmail: 'nova@primer.si' }));
    await choose('Prekliči spremembo');
    await until(() => toasts().length > 0);
    expect(screen()).toContain('Čaka na potrditev: nova@primer.si');
  });
});

describe('the language', () => {
  const setLanguage = vi.fn(() => Promise.resolve());
  const select = async (value: string) => {
    const list = labelled('Jezik') as unknown as HTMLSelectElement;
    list.value = value;
    list.dispatchEvent(new Event('change', { bubbles: true }));
    await flushPromises();
  };

  beforeEach(() => setLanguage.mockClear());

  it('is that of the mails and of the program', async () => {
    portal.answer('PATCH /account', withAccount({ language: 'en' }));
    await open(resident, { shell: { setLanguage } });
    await select('en');
    await until(() => screen().includes('Personal details'));
    expect(sent('PATCH /account')[0]?.body).toEqual({ language: 'en' });
    expect(setLanguage).toHaveBeenCalledExactlyOnceWith('en');
  });

  it('is what it was when it cannot be saved', async () => {
    portal.refuse('PATCH /account', 'unavailable');
    await open(resident, { shell: { setLanguage } });
    await select('en');
    await until(() => toasts().some((text) => text.includes('Portal se zaganja')));
    await flushPromises();
    expect(labelled('Jezik').value).toBe('sl');
    expect(setLanguage).not.toHaveBeenCalled();
  });
});

describe('a payer', () => {
  const removal = `POST /account/payers/${idOf(100)}/removal`;

  it('is taken off after what that means was said, with the own password', async () => {
    portal.answer(removal, { ...resident, payers: [] });
    await open();
    await choose('Odstrani: Priimek Ana, šifra plačnika 104217');
    expect(dialog()?.textContent).toContain('Upravnik bo za to izvedel');
    await write('Vaše geslo', 'Moje-geslo-7');
    await send();
    await until(() => screen().includes('ni povezan noben plačnik'));
    expect(sent(removal)[0]?.body).toEqual({ password: 'Moje-geslo-7' });
    expect(toasts()).toEqual(['Plačnik je odstranjen.']);
  });

  it('stays when the password is wrong or was tried too often', async () => {
    portal.refuse(removal, 'wrong_password');
    await open();
    await choose('Odstrani: Priimek Ana, šifra plačnika 104217');
    await write('Vaše geslo', 'napačno');
    await send();
    await until(() => beside('Vaše geslo').includes('Geslo ni pravo'));
    portal.refuse(removal, 'rate_limited', { retryAfter: 30 });
    await send();
    await until(() => (dialog()?.textContent ?? '').includes('Počakajte 30\u00a0sekund'));
    expect(useSessionStore().session?.payers).toHaveLength(1);
  });

  it('is asked about again without the password of the last time', async () => {
    await open();
    await choose('Odstrani: Priimek Ana, šifra plačnika 104217');
    await write('Vaše geslo', 'Moje-geslo-7');
    await choose('Prekliči');
    await choose('Odstrani: Priimek Ana, šifra plačnika 104217');
    expect(labelled('Vaše geslo').value).toBe('');
  });
});

describe('the notifications', () => {
  const operation = `PUT /account/notifications/${manager.id}`;
  const toggle = () => document.querySelector<HTMLInputElement>('[role=switch]');

  it('are saved at once', async () => {
    portal.answer(operation, { ...choice, newSlips: false });
    await open();
    await until(() => toggle()?.checked === true);
    toggle()?.click();
    await until(() => toasts().length > 0);
    expect(sent(operation)[0]?.body).toEqual({ newSlips: false });
    expect(toasts()).toEqual([`Obvestila izklopljena: ${manager.name}`]);
    expect(toggle()?.checked).toBe(false);
  });

  it('are what they were when they cannot be saved', async () => {
    portal.refuse(operation, 'offline');
    await open();
    await until(() => toggle() !== null);
    toggle()?.click();
    await until(() => toasts().length > 0);
    await flushPromises();
    expect(toggle()?.checked).toBe(true);
  });

  it('are not for who has no premises', async () => {
    await open(clerk);
    await flushPromises();
    expect(portal.requests.map(({ address }) => address)).not.toContain('GET /account/notifications');
    expect(screen()).toContain('Delo pri upravniku');
  });
});

describe('the copy of the data', () => {
  const saveData = vi.fn<DesktopApi['account']['saveData']>();
  beforeEach(() => saveData.mockReset());

  it('says that it takes a while, and where it is', async () => {
    let finish: (saved: Awaited<ReturnType<typeof saveData>>) => void = () => undefined;
    saveData.mockReturnValue(new Promise((resolve) => (finish = resolve)));
    await open(resident, { account: { saveData } });
    await choose('Prenos mojih podatkov');
    expect(screen()).toContain('Pripravljamo in shranjujemo');
    await choose('Prenos mojih podatkov');
    expect(saveData).toHaveBeenCalledOnce();
    finish({ ok: true, value: { saved: true, fileName: 'moje.zip' } });
    await until(() => toasts().length > 0);
    expect(toasts()).toEqual(['Shranjeno: moje.zip']);
    expect(screen()).not.toContain('Pripravljamo in shranjujemo');
  });

  it('says nothing when the person thought better of it, and why when it failed', async () => {
    saveData.mockResolvedValueOnce({ ok: true, value: { saved: false, fileName: null } });
    saveData.mockResolvedValueOnce(refusal('file_failed'));
    await open(resident, { account: { saveData } });
    await choose('Prenos mojih podatkov');
    expect(toasts()).toEqual([]);
    await choose('Prenos mojih podatkov');
    expect(screen()).toContain('Datoteke ni bilo mogoče');
  });
});

describe('the deletion of the account', () => {
  const deleteAccount = vi.fn<DesktopApi['account']['deleteAccount']>();
  beforeEach(() => deleteAccount.mockReset());

  async function ask(session: Session = resident) {
    const opened = await open(session, { account: { deleteAccount } });
    await choose('Izbriši uporabniški račun');
    return opened;
  }

  it('says what goes and what stays, and wants to be understood', async () => {
    await ask();
    expect(dialog()?.textContent).toContain('povezava z vašimi plačniki');
    expect(dialog()?.textContent).toContain('hraniti po zakonu');
    expect(dialog()?.textContent).not.toContain('dostop do pisarne');
    await write('Vaše geslo', 'Moje-geslo-7');
    await send();
    expect(screen()).toContain('Označite, da to razumete');
    expect(deleteAccount).not.toHaveBeenCalled();
  });

  it('ends at the sign-in, with a farewell', async () => {
    deleteAccount.mockResolvedValue({ ok: true, value: null });
    const { router } = await ask();
    labelled('Razumem, da izbrisa ni mogoče razveljaviti.').click();
    await write('Vaše geslo', 'Moje-geslo-7');
    await send();
    await until(() => router.currentRoute.value.name === 'sign-in');
    await until(() => screen().includes('Vaš uporabniški račun in osebni podatki v njem so izbrisani'));
    expect(deleteAccount).toHaveBeenCalledExactlyOnceWith({ password: 'Moje-geslo-7' });
    expect(useSessionStore().isSignedIn).toBe(false);
  });

  it.each(['wrong_password', 'last_admin'] as const)('is refused: %s', async (code) => {
    deleteAccount.mockResolvedValue(refusal(code));
    const { router } = await ask();
    labelled('Razumem, da izbrisa ni mogoče razveljaviti.').click();
    await write('Vaše geslo', 'napačno');
    await send();
    const words = { wrong_password: 'Geslo ni pravo', last_admin: 'nobenega administratorja' }[code];
    await until(() => (dialog()?.textContent ?? '').includes(words));
    expect(router.currentRoute.value.name).toBe('profile');
    expect(useSessionStore().isSignedIn).toBe(true);
  });
});

describe('the profile', () => {
  it('says since when and where the person is signed in', async () => {
    await open();
    expect(screen()).toContain('Prijavljeni ste od 23. 11. 2026');
    expect(screen()).toContain('Naprava: Windows, PISARNA-3');
  });

  it('says of the second factor how it stands', async () => {
    await open({ ...resident, secondFactor: { isOn: true, isNeeded: false, isCompulsory: false } });
    expect(screen()).toContain('vklopljena');
    await choose('Uredi: Prijava v dveh korakih');
    await until(() => screen().includes('Prijava v dveh korakih je vklopljena'));
  });
});

describe('this computer', () => {
  it('says to residents, and to nobody else, how many slips are there without a connection', async () => {
    const offline = offlineOf({ status: 'done', done: 7, total: 24 });
    await open(resident, { offline });
    expect(screen()).toContain('na tem računalniku shranjenih 7 od 24 razdelilnikov');
    await open(clerk, { offline });
    expect(document.body.lastElementChild?.textContent).not.toContain('razdelilnikov.');
  });
});
