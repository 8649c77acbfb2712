import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listImports } from '../../../contract/imports.ts';
import {
  deleteLogo,
  getManagerSettings,
  maxLogoBytes,
  previewTemplates,
  setLogo,
  updateManagerSettings,
  type ManagerSettings,
} from '../../../contract/manager-settings.ts';
import { idOf, openApp, press, staffSession, stubDesktop } from '../helpers/office.ts';
import { answerOperations } from '../helpers/operations.ts';
import { beside, dialog, labelled, screen, send, toasts, write } from '../helpers/own-account.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const query = { managerId: idOf(10) };
const settings: ManagerSettings = {
  ...{ id: idOf(10), name: 'Upravnik Vzorec d.o.o.', street: 'Vzorčna ulica 1', town: '1000 Ljubljana' },
  ...{ email: 'pisarna@vzorec.si', phone: null, taxNumber: '12345678', iban: 'SI56990000012345646' },
  ...{ referenceTemplate: 'SI12 {payer}{period}', purposeTemplate: 'Razdelilnik {period}', purposeCode: 'COST' },
  ...{
    slipNote: '',
    slipPasswordDays: 60,
    hasLogo: false,
    mailWelcomeText: '',
    mailSlipText: '',
    mailSignature: '',
    hosts: [],
  },
  ibans: [{ iban: 'SI56990000012345646', name: 'Obratovalni', isDefault: true }],
};
const example = { payerCode: '7001', slipNumber: 'R-9', period: '2026-10', isInvented: false };

let portal: ReturnType<typeof answerOperations>;
let saved: ManagerSettings;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  stubDesktop();
  portal = answerOperations();
  saved = settings;
  portal.answer(listImports, () => ({ items: [], nextCursor: null }));
  portal.answer(getManagerSettings, () => saved);
  portal.answer(updateManagerSettings, ({ body }) => (saved = { ...saved, ...(body as Partial<ManagerSettings>) }));
  portal.answer(previewTemplates, ({ body }) => ({
    example,
    reference: { text: `po vzorcu ${(body as ManagerSettings).referenceTemplate}`, fault: null },
    purpose: { text: 'Razdelilnik 10/2026', fault: null },
  }));
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open() {
  const opened = await openApp('/office/settings/slip', staffSession('admin'));
  await vi.dynamicImportSettled();
  await flushPromises();
  return opened;
}

/** Until the person has stopped typing. */
async function pause(): Promise<void> {
  await vi.advanceTimersByTimeAsync(300);
  await flushPromises();
}

async function pick(label: string, value: string): Promise<void> {
  const select = labelled(label);
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await flushPromises();
}

const saveButton = () => [...document.querySelectorAll('button')].find(({ type }) => type === 'submit')!;
const changes = () => portal.asked(updateManagerSettings).map(({ body }) => body);

describe('the settings of a slip', () => {
  it('are shown as they are', async () => {
    const { app } = await open();
    expect(portal.asked(getManagerSettings)).toEqual([{ query }]);
    expect(labelled('Zapis vzorca').value).toBe('SI12 {payer}{period}');
    expect(labelled('Vzorec sklica').value).toBe('SI12 {payer}{period}');
    expect(labelled('Koliko dni velja geslo z razdelilnika').value).toBe('60');
    expect(screen()).toContain('SI56 9900 0001 2345 646');
    expect(saveButton().disabled).toBe(true);
    app.unmount();
  });

  it('can be asked for again when they did not come', async () => {
    portal.refuse(getManagerSettings, 'offline');
    const { app } = await open();
    expect(screen()).toContain('Portala ne dosežemo.');
    portal.answer(getManagerSettings, () => settings);
    await press('Poskusi znova');
    expect(labelled('Namen plačila').value).toBe('Razdelilnik {period}');
    app.unmount();
  });

  it('are not for clerks, nor in their menu', async () => {
    const { app, router } = await openApp('/office/imports', staffSession('clerk', 'admin'));
    await router.push('/office/settings');
    await vi.dynamicImportSettled();
    await flushPromises();
    expect(screen()).toContain('To je za administratorje');
    expect(app.find('nav').text()).not.toContain('Nastavitve');
    expect(portal.asked(getManagerSettings)).toEqual([]);
    app.unmount();
  });

  it('are saved, what was changed alone, and said', async () => {
    const { app } = await open();
    await write('Obvestilo na razdelilnikih', ' Pisarna bo\n24. decembra   zaprta. ');
    await pick('Koda namena', 'UBIL');
    await send();
    expect(portal.asked(updateManagerSettings)).toEqual([
      { query, body: { purposeCode: 'UBIL', slipNote: 'Pisarna bo 24. decembra zaprta.' } },
    ]);
    expect(toasts()).toEqual(['Nastavitve so shranjene.']);
    expect(saveButton().disabled).toBe(true);
    app.unmount();
  });

  it('show what is wrong at its field, and the first one has the focus', async () => {
    const { app } = await open();
    await write('Namen plačila', ' ');
    await write('Koliko dni velja geslo z razdelilnika', '731');
    await send();
    expect(changes()).toEqual([]);
    expect(beside('Namen plačila')).toContain('To polje je obvezno.');
    expect(beside('Koliko dni velja geslo z razdelilnika')).toContain('Vpišite število dni od 1 do 730.');
    expect(document.activeElement).toBe(labelled('Namen plačila'));
    await write('Namen plačila', 'Razdelilnik');
    expect(beside('Namen plačila')).not.toContain('obvezno');
    app.unmount();
  });

  it("show the server's findings at their fields", async () => {
    const { app } = await open();
    portal.refuse(updateManagerSettings, 'invalid_request', {
      fields: [{ path: 'purposeTemplate', rule: 'characters' }],
    });
    await write('Namen plačila', 'Раздел');
    await send();
    expect(beside('Namen plačila')).toContain('znak');
    expect(document.activeElement).toBe(labelled('Namen plačila'));
    expect(labelled('Namen plačila').value).toBe('Раздел');
    app.unmount();
  });

  it('are not lost without a question', async () => {
    const { app, router } = await open();
    await write('Obvestilo na razdelilnikih', 'Nova opomba');
    const going = router.push('/office/imports');
    await flushPromises();
    expect(dialog()?.textContent).toContain('Zapustite stran brez shranjevanja?');
    await press('Prekliči');
    await going;
    expect(router.currentRoute.value.name).toBe('slip-settings');
    expect(labelled('Obvestilo na razdelilnikih').value).toBe('Nova opomba');
    const leaving = router.push('/office/imports');
    await flushPromises();
    await press('Zapusti brez shranjevanja');
    await leaving;
    expect(router.currentRoute.value.name).toBe('imports');
    app.unmount();
  });

  it('can be put back as they were', async () => {
    const { app, router } = await open();
    await write('Obvestilo na razdelilnikih', 'Nova opomba');
    await press('Razveljavi spremembe');
    expect(labelled('Obvestilo na razdelilnikih').value).toBe('');
    await router.push('/office/imports');
    expect(router.currentRoute.value.name).toBe('imports');
    app.unmount();
  });
});

describe('the preview', () => {
  const preview = () => document.querySelector('[aria-live=polite].preview')?.textContent ?? '';
  const asked = () => portal.asked(previewTemplates).map(({ body }) => (body as ManagerSettings).referenceTemplate);

  it('shows what comes of a slip, and of which', async () => {
    const { app } = await open();
    expect(preview()).toContain('po vzorcu SI12 {payer}{period}');
    expect(preview()).toContain('COST Razdelilnik 10/2026');
    expect(preview()).toContain('razdelilnik R-9, plačnik 7001, obdobje 10/2026');
    app.unmount();
  });

  it('follows at each pause of who types, not at each key', async () => {
    const { app } = await open();
    for (const text of ['SI05 {payer}', 'SI05 {payer}-', 'SI05 {payer}-{slip}']) await write('Zapis vzorca', text);
    expect(asked()).toEqual(['SI12 {payer}{period}']);
    await pause();
    expect(asked()).toEqual(['SI12 {payer}{period}', 'SI05 {payer}-{slip}']);
    expect(preview()).toContain('po vzorcu SI05 {payer}-{slip}');
    expect(labelled('Vzorec sklica').value).toBe('own');
    app.unmount();
  });

  it('follows a chosen pattern', async () => {
    const { app } = await open();
    await pick('Vzorec sklica', 'RF {payer}{period}');
    expect(labelled('Zapis vzorca').value).toBe('RF {payer}{period}');
    await pause();
    expect(preview()).toContain('po vzorcu RF {payer}{period}');
    app.unmount();
  });

  it('says at the field why there is none', async () => {
    const { app } = await open();
    const refused = { text: null, fault: 'template_model' };
    portal.answer(previewTemplates, () => ({ example, reference: refused, purpose: { text: 'x', fault: null } }));
    await write('Zapis vzorca', 'SI77 {payer}');
    await pause();
    expect(beside('Zapis vzorca')).toContain('Tega modela ni.');
    expect(preview()).toContain('tako ne gre');
    app.unmount();
  });

  it('says when it cannot be had, and that an example is invented', async () => {
    const { app } = await open();
    portal.refuse(previewTemplates, 'offline');
    await write('Zapis vzorca', 'SI12 {slip}');
    await pause();
    expect(preview()).toContain('Predogleda trenutno ni. Portala ne dosežemo.');
    portal.answer(previewTemplates, () => ({
      ...{ example: { ...example, isInvented: true }, reference: { text: 'SI12', fault: null } },
      purpose: { text: 'x', fault: null },
    }));
    await write('Zapis vzorca', 'SI12 {payer}');
    await pause();
    expect(preview()).toContain('Primer je izmišljen');
    app.unmount();
  });

  it('takes the answer to the last question, not the one that comes last', async () => {
    const { app } = await open();
    const answers: ((text: string) => void)[] = [];
    const waiting = () =>
      new Promise((resolve) =>
        answers.push((text) => resolve({ example, reference: { text, fault: null }, purpose: { text, fault: null } })),
      );
    portal.answer(previewTemplates, waiting);
    for (const text of ['SI12 {slip}', 'SI12 {payer}']) {
      await write('Zapis vzorca', text);
      await pause();
    }
    answers[1]?.('drugi odgovor');
    answers[0]?.('prvi odgovor');
    await flushPromises();
    expect(preview()).toContain('drugi odgovor');
    app.unmount();
  });
});

describe('the logo', () => {
  async function choose(file: File): Promise<void> {
    const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
    Object.defineProperty(input, 'files', { value: [file], configurable: true });
    Object.defineProperty(input, 'value', { value: '', writable: true, configurable: true });
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await flushPromises();
  }

  const picture = () => document.querySelector<HTMLImageElement>('img[alt^=Logotip]');
  const png = (size = 3, type = 'image/png') => new File([new Uint8Array(size)], 'znak.png', { type });

  it('is uploaded as the file it is, and shown', async () => {
    const { app } = await open();
    expect(screen()).toContain('Logotipa še ni.');
    portal.answer(setLogo, () => (saved = { ...saved, hasLogo: true }));
    const file = png();
    await choose(file);
    expect(portal.asked(setLogo)).toEqual([{ query, file }]);
    expect(toasts()).toEqual(['Logotip je shranjen.']);
    const first = picture()?.getAttribute('src') ?? '';
    expect(first).toMatch(/^\/api\/v1\/office\/settings\/logo\?managerId=/);
    await choose(png());
    expect(picture()?.getAttribute('src')).not.toBe(first);
    app.unmount();
  });

  it.each([
    ['too large', png(maxLogoBytes + 1), 'Slika je prevelika.'],
    ['no picture', png(3, 'application/pdf'), 'To ni slika PNG ali JPEG.'],
  ])('is not sent when it is %s', async (_, file, sentence) => {
    const { app } = await open();
    await choose(file);
    expect(document.querySelector('[role=alert]')?.textContent).toContain(sentence);
    expect(portal.asked(setLogo)).toEqual([]);
    app.unmount();
  });

  it('says why it was refused, until another one is chosen', async () => {
    const { app } = await open();
    portal.refuse(setLogo, 'picture_rejected');
    await choose(png());
    expect(document.querySelector('[role=alert]')?.textContent).toContain('Te slike ni mogoče natisniti.');
    portal.answer(setLogo, () => (saved = { ...saved, hasLogo: true }));
    await choose(png());
    expect(document.querySelector('[role=alert]')).toBeNull();
    app.unmount();
  });

  it('is removed after a question, and unsaved changes stay', async () => {
    saved = { ...settings, hasLogo: true };
    const { app } = await open();
    await write('Obvestilo na razdelilnikih', 'Nova opomba');
    portal.answer(deleteLogo, () => (saved = { ...saved, hasLogo: false }));
    await press('Odstrani logotip');
    expect(portal.asked(deleteLogo)).toEqual([]);
    const confirm = [...(dialog()?.querySelectorAll('button') ?? [])].at(-1);
    confirm?.click();
    await flushPromises();
    expect(portal.asked(deleteLogo)).toEqual([{ query }]);
    expect(picture()).toBeNull();
    expect(toasts()).toEqual(['Logotip je odstranjen.']);
    expect(labelled('Obvestilo na razdelilnikih').value).toBe('Nova opomba');
    app.unmount();
  });
});
