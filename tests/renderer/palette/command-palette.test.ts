import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listPayers } from '../../../contract/payers.ts';
import { listRuns } from '../../../contract/runs.ts';
import { useOfficeStore } from '../../../src-renderer/modules/office/use-office-store.ts';
import { usePaletteStore } from '../../../src-renderer/modules/palette/use-palette-store.ts';
import { usePayersStore } from '../../../src-renderer/modules/payers/use-payers-store.ts';
import { useToastStore } from '../../../src-renderer/shared/components/use-toast-store.ts';
import { speak } from '../../../src-renderer/shared/i18n/index.ts';
import { eventually } from '../../helpers/eventually.ts';
import { buttonOf, idOf, openApp, payerOf, press, staffSession, stubDesktop, stubLayout } from '../helpers/office.ts';
import { answerOperations } from '../helpers/operations.ts';
import { resident } from '../helpers/people.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const found = payerOf(7, { name: 'Čuk Žiga', units: ['Čopova ulica 8, 3'] });
let portal: ReturnType<typeof answerOperations>;
let opened: Awaited<ReturnType<typeof openApp>>;

beforeEach(() => {
  stubDesktop();
  stubLayout();
  portal = answerOperations();
  portal.answer(listPayers, () => ({ items: [found], nextCursor: null, total: 1 }));
});

afterEach(() => {
  opened.app.unmount();
  speak('sl');
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open(...roles: readonly ('admin' | 'clerk')[]) {
  opened = await openApp('/office/payers', staffSession(...(roles.length > 0 ? roles : ['admin' as const])));
  await vi.dynamicImportSettled();
  await flushPromises();
  return opened;
}

function key(name: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more });
  (document.activeElement ?? document.body).dispatchEvent(event);
  return event;
}

const field = () => document.querySelector<HTMLInputElement>('[role=combobox]');
const options = () => [...document.querySelectorAll<HTMLElement>('.palette [role=option]')];
const words = () => options().map((option) => option.querySelector('.label')?.textContent);
/** The line that the field tells screen readers of. */
const active = () => document.getElementById(field()?.getAttribute('aria-activedescendant') ?? '');
const activeWords = () => active()?.querySelector('.label')?.textContent;
const groups = () => [...document.querySelectorAll('.palette .group')].map((group) => group.textContent);

async function openPalette(): Promise<void> {
  key('k', { ctrlKey: true });
  await eventually(() => expect(document.activeElement).toBe(field()));
}

async function type(text: string): Promise<void> {
  field()!.value = text;
  field()!.dispatchEvent(new Event('input', { bubbles: true }));
  await flushPromises();
}

const page = () => opened.router.currentRoute.value;

describe('the palette of commands', () => {
  it('opens by its keys and by the menu, says what it is, and gives the focus back', async () => {
    await open();
    const before = buttonOf('PoiščiCtrlK');
    before.focus();
    await openPalette();
    expect(field()!.getAttribute('aria-label')).toBe('Poišči plačnika, stran ali dejanje');
    expect(document.getElementById(field()!.getAttribute('aria-controls')!)?.role).toBe('listbox');
    expect(groups()).toEqual(['Dejanja', 'Strani']);
    expect(active()?.getAttribute('aria-selected')).toBe('true');
    key('Escape');
    await eventually(() => expect([field(), document.activeElement]).toEqual([null, before]));
    await press('PoiščiCtrlK');
    await eventually(() => expect(document.activeElement).toBe(field()));
    key('k', { ctrlKey: true });
    await eventually(() => expect(field()).toBeNull());
  });

  it('goes to a page by a part of its name, without marks', async () => {
    await open();
    await openPalette();
    await type('posta');
    expect(activeWords()).toBe('Pošta');
    key('Enter');
    await eventually(() => expect(page().name).toBe('mails'));
    expect(field()).toBeNull();
  });

  it('goes round its lines with the arrows', async () => {
    await open();
    await openPalette();
    await type('p');
    const all = words();
    expect(all.length).toBeGreaterThan(1);
    key('ArrowUp');
    await flushPromises();
    expect(activeWords()).toBe(all.at(-1));
    key('ArrowDown');
    await flushPromises();
    expect(activeWords()).toBe(all[0]);
  });

  it('finds payers in the portal and opens the one', async () => {
    await open();
    await openPalette();
    await type('cuk');
    await eventually(() => expect(words()).toEqual(['Čuk Žiga']));
    expect(portal.asked(listPayers).at(-1)?.query).toEqual({ managerId: idOf(10), search: 'cuk', limit: 8 });
    expect(active()?.textContent).toContain('104207 · Čopova ulica 8, 3');
    key('Enter');
    await eventually(() => expect(page().params).toEqual({ id: found.id }));
  });

  it('says that nothing fits, and why the portal was not asked', async () => {
    await open();
    await openPalette();
    portal.answer(listPayers, () => ({ items: [], nextCursor: null, total: 0 }));
    const state = () => document.querySelector('.palette [role=status]')?.textContent?.trim();
    await type('xyz');
    expect(state()).toBe('Iščemo plačnike …');
    await eventually(() => expect(state()).toMatch(/^Ni zadetkov\./));
    portal.refuse(listPayers, 'offline');
    await type('xyzz');
    await eventually(() => expect(state()).toMatch(/^Portala ne dosežemo\./));
  });

  it('shows no payer that does not fit what stands there now', async () => {
    await open();
    await openPalette();
    await type('cuk');
    await eventually(() => expect(words()).toEqual(['Čuk Žiga']));
    await type('cuka');
    expect(words()).toEqual([]);
    key('Enter');
    expect(page().name).toBe('payers');
  });

  it('begins with what was opened last, until another manager is chosen', async () => {
    await open('admin', 'clerk');
    for (const wanted of ['posta', 'obracuni']) {
      await openPalette();
      await type(wanted);
      key('Enter');
      await eventually(() => expect(field()).toBeNull());
    }
    await openPalette();
    expect(groups()[0]).toBe('Nazadnje');
    expect(words().slice(0, 2)).toEqual(['Obračuni', 'Pošta']);
    usePaletteStore().rememberPayer(found);
    await flushPromises();
    expect(words()[0]).toBe('Čuk Žiga');
    useOfficeStore().choose(idOf(11));
    expect(usePaletteStore().recents).toEqual([]);
  });

  it('shows clerks what is theirs, and residents nothing', async () => {
    await open('clerk');
    await openPalette();
    expect(words()).not.toContain('Izdaj gesla z razdelilnika');
    expect(words()).not.toContain('Dnevnik');
    expect(words()).toContain('Plačniki');
    opened.app.unmount();
    document.body.innerHTML = '';
    opened = await openApp('/profile', resident);
    await vi.dynamicImportSettled();
    key('k', { ctrlKey: true });
    await vi.dynamicImportSettled();
    expect([field(), usePaletteStore().shown]).toEqual([null, null]);
    expect(opened.app.find('[aria-haspopup=dialog]').exists()).toBe(false);
  });

  it('prints the newest run, whichever it is', async () => {
    await open();
    portal.answer(listRuns, () => ({ items: [{ id: idOf(77) }], nextCursor: null }));
    await openPalette();
    await type('natisni');
    key('Enter');
    await eventually(() => expect([page().name, page().params]).toEqual(['run-print', { id: idOf(77) }]));
    expect(portal.asked(listRuns)[0]?.query).toEqual({ managerId: idOf(10), limit: 1 });
  });

  it('shows the payers without an account, from their own page too', async () => {
    await open();
    await openPalette();
    await type('brez racuna');
    key('Enter');
    await eventually(() => expect(usePayersStore().filters.account).toBe('false'));
    expect(document.activeElement?.tagName).toBe('H1');
  });

  it('speaks English, too', async () => {
    speak('en');
    await open();
    await openPalette();
    expect(groups()).toEqual(['Actions', 'Pages']);
    await type('payer');
    expect(words()[0]).toBe('Payers');
  });
});

describe('the message after clearing', () => {
  const undo = () => useToastStore().toasts.at(-1)!;

  it('brings filters and ticks back', async () => {
    await open();
    const store = usePayersStore();
    store.filter({ channel: 'bank', search: 'ana' });
    store.select([found], true);
    await flushPromises();
    await press('Počisti izbor');
    expect(store.selected.size).toBe(0);
    expect(undo().text).toBe('1 plačnik ni več izbran.');
    await press('Razveljavi');
    expect([...store.selected.keys()]).toEqual([found.id]);
    await press('Počisti filtre');
    expect(store.filters).toMatchObject({ channel: '', search: 'ana' });
    undo().undo!();
    expect(store.filters).toMatchObject({ channel: 'bank', search: 'ana' });
  });

  it("brings nothing into another manager's table", async () => {
    await open('admin', 'clerk');
    const store = usePayersStore();
    store.select([found], true);
    await flushPromises();
    await press('Počisti izbor');
    await opened.app.find('nav select').setValue(idOf(11));
    await flushPromises();
    undo().undo!();
    expect(store.selected.size).toBe(0);
  });
});
