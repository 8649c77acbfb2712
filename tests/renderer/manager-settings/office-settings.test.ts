import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  addHost,
  getManagerSettings,
  makeHostMain,
  nameIban,
  previewMail,
  previewTemplates,
  removeHost,
  updateManagerSettings,
  type ManagerSettings,
} from '../../../contract/manager-settings.ts';
import { idOf, openApp, press, staffSession, stubDesktop } from '../helpers/office.ts';
import { answerOperations } from '../helpers/operations.ts';
import { beside, choose, dialog, labelled, screen, send, toasts, write } from '../helpers/own-account.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const [main, fund] = ['SI56990000012345646', 'SI56191000000123438'] as const;
const settings: ManagerSettings = {
  ...{ id: idOf(10), name: 'Upravnik Vzorec d.o.o.', street: 'Vzorčna ulica 1', town: '1000 Ljubljana' },
  ...{ email: 'pisarna@vzorec.si', phone: null, taxNumber: '12345678', iban: main, hasLogo: false },
  ...{ referenceTemplate: 'SI12 {payer}{period}', purposeTemplate: 'Razdelilnik {period}', purposeCode: 'COST' },
  ...{ slipNote: '', slipPasswordDays: 60, mailWelcomeText: '', mailSlipText: '', mailSignature: '' },
  hosts: [
    { host: 'portal.vzorec.si', isMain: true },
    { host: 'stari.vzorec.si', isMain: false },
  ],
  ibans: [
    { iban: main, name: 'Obratovalni', isDefault: true },
    { iban: fund, name: 'Rezervni sklad', isDefault: false },
  ],
};

let portal: ReturnType<typeof answerOperations>;

beforeEach(() => {
  stubDesktop();
  portal = answerOperations();
  portal.answer(getManagerSettings, () => settings);
  portal.answer(updateManagerSettings, ({ body }) => ({ ...settings, ...(body as Partial<ManagerSettings>) }));
  const example = { payerCode: '7001', slipNumber: 'R-9', period: '2026-10', isInvented: false };
  const fine = { text: 'x', fault: null };
  portal.answer(previewTemplates, () => ({ example, reference: fine, purpose: fine }));
  portal.answer(previewMail, ({ body }) => ({
    ...{ subject: 'Nov razdelilnik', text: `Pozdravljeni!\n\n${(body as ManagerSettings).mailSlipText}\n` },
  }));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open(path: string) {
  const opened = await openApp(path, staffSession('admin'));
  await vi.dynamicImportSettled();
  await flushPromises();
  return opened;
}

const bodies = (operation: Parameters<typeof portal.asked>[0]) => portal.asked(operation).map(({ body }) => body);

describe('the parts of the settings', () => {
  it('stand above each of them, and the menu has one entry', async () => {
    const { app } = await open('/office/settings');
    const parts = [...document.querySelectorAll('nav[aria-label="Deli nastavitev"] a')];
    expect(parts.map((part) => part.textContent?.trim())).toEqual([
      ...['Upravnik', 'Razdelilnik', 'Sporočila', 'Naslovi', 'Zaposleni', 'Ključi za programe', 'Dnevnik'],
    ]);
    expect(parts.map((part) => part.getAttribute('aria-current'))[0]).toBe('page');
    app.unmount();
  });
});

describe("the manager's data", () => {
  it('are saved as changed, an emptied field as none', async () => {
    const { app } = await open('/office/settings');
    await write('Davčna številka', ' ');
    await write('Telefon', '01 234 56 78');
    await send();
    expect(bodies(updateManagerSettings)).toEqual([{ phone: '01 234 56 78', taxNumber: null }]);
    expect(toasts()).toEqual(['Nastavitve so shranjene.']);
    app.unmount();
  });

  it('say what is wrong at the field', async () => {
    const { app } = await open('/office/settings');
    await write('Ime', '');
    await write('Poštna številka in kraj', 'Ljubljana');
    await send();
    expect(bodies(updateManagerSettings)).toEqual([]);
    expect(beside('Ime')).toContain('To polje je obvezno.');
    expect(beside('Poštna številka in kraj')).toContain('npr. 1000 Ljubljana');
    app.unmount();
  });

  it('are not left unsaved without a question', async () => {
    const { app, router } = await open('/office/settings');
    await write('Ime', 'Drugo');
    const going = router.push('/office/staff');
    await flushPromises();
    expect(dialog()?.textContent).toContain('brez shranjevanja');
    await press('Prekliči');
    await going;
    expect(labelled('Ime').value).toBe('Drugo');
    app.unmount();
  });
});

describe('another account for payments', () => {
  const ask = async () => {
    await choose('Naj bo privzeti: SI56 1910 0000 0123 438');
    await flushPromises();
  };

  it('asks for the own password', async () => {
    const { app } = await open('/office/settings/slip');
    await ask();
    await send();
    expect(beside('Vaše geslo za prijavo')).toContain('To polje je obvezno.');
    await write('Vaše geslo za prijavo', 'Zelena-trava-7');
    await send();
    expect(bodies(updateManagerSettings)).toEqual([{ iban: fund, password: 'Zelena-trava-7' }]);
    expect(toasts()[0]).toContain('Vsem administratorjem smo poslali obvestilo.');
    app.unmount();
  });

  it('is not set with a wrong one, which is said at the field', async () => {
    portal.refuse(updateManagerSettings, 'wrong_password');
    const { app } = await open('/office/settings/slip');
    await ask();
    await write('Vaše geslo za prijavo', 'napačno');
    await send();
    expect(beside('Vaše geslo za prijavo')).toContain('eslo');
    expect(dialog()).not.toBeNull();
    app.unmount();
  });

  it('can be added to the list first', async () => {
    portal.refuse(nameIban, 'invalid_request', { fields: [{ path: 'iban', rule: 'iban' }] });
    const { app } = await open('/office/settings/slip');
    await press('Dodaj račun');
    await write('IBAN', 'SI56 1');
    await write('Ime računa', 'Sklad');
    await send();
    expect(beside('IBAN')).toContain('IBAN ni pravi.');
    portal.answer(nameIban, () => settings);
    await write('IBAN', fund);
    await send();
    expect(bodies(nameIban).at(-1)).toEqual({ iban: fund, name: 'Sklad' });
    expect(dialog()).toBeNull();
    app.unmount();
  });
});

describe('the addresses of the portal', () => {
  it('are added, made the main one and removed after a warning', async () => {
    for (const operation of [addHost, makeHostMain, removeHost]) portal.answer(operation, () => settings);
    const { app } = await open('/office/settings/hosts');
    await write('Nov naslov', 'ni naslov');
    await send();
    expect(beside('Nov naslov')).toContain('brez presledkov');
    await write('Nov naslov', 'nov.vzorec.si');
    await send();
    expect(bodies(addHost)).toEqual([{ host: 'nov.vzorec.si' }]);
    await choose('Odstrani naslov: stari.vzorec.si');
    await flushPromises();
    expect(dialog()?.textContent).toContain('na njem ne bo več videl vašega portala');
    expect(bodies(removeHost)).toEqual([]);
    [...(dialog()?.querySelectorAll('button') ?? [])].at(-1)?.click();
    await flushPromises();
    expect(bodies(removeHost)).toEqual([{ host: 'stari.vzorec.si' }]);
    expect(screen()).not.toContain('Odstrani naslov: portal.vzorec.si');
    app.unmount();
  });
});

describe('the words in mails', () => {
  it('are seen in the mail while they are typed, and saved', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { app } = await open('/office/settings/mails');
    await write('Na začetku sporočil o razdelilniku', 'Cena vode se spremeni.');
    await vi.advanceTimersByTimeAsync(300);
    await flushPromises();
    expect(document.querySelector('article.mail')?.textContent).toContain('Cena vode se spremeni.');
    await send();
    expect(bodies(updateManagerSettings)).toEqual([{ mailSlipText: 'Cena vode se spremeni.' }]);
    vi.useRealTimers();
    app.unmount();
  });
});
