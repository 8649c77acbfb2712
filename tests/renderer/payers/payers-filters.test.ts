import { flushPromises } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listBuildings, listPayers } from '../../../contract/payers.ts';
import { usePayersStore } from '../../../src-renderer/modules/payers/use-payers-store.ts';
import AppTable from '../../../src-renderer/shared/components/AppTable.vue';
import { useColumnsStore } from '../../../src-renderer/shared/components/use-columns-store.ts';
import { useToastStore } from '../../../src-renderer/shared/components/use-toast-store.ts';
import { eventually } from '../../helpers/eventually.ts';
import { idOf, openApp, payerOf, press, staffSession, stubDesktop, stubLayout } from '../helpers/office.ts';
import { answerOperations } from '../helpers/operations.ts';
import { choose, labelled } from '../helpers/own-account.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const building = { id: idOf(300), name: 'Čopova ulica 8', payers: 12 };
let portal: ReturnType<typeof answerOperations>;
let bridge: ReturnType<typeof stubDesktop>;

beforeEach(() => {
  bridge = stubDesktop();
  stubLayout();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  portal = answerOperations();
  portal.answer(listPayers, () => ({ items: [payerOf(1), payerOf(2)], nextCursor: null, total: 2 }));
  portal.answer(listBuildings, () => ({ items: [building], nextCursor: null }));
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open(path = '/office/payers') {
  const opened = await openApp(path, staffSession('admin'));
  await vi.dynamicImportSettled();
  await flushPromises();
  return opened;
}

/** What the table asked for last, without what is not set. */
function lastAsked(): object {
  const { managerId, limit, cursor, ...query } = portal.asked(listPayers).filter(({ query }) => !query?.limit).at(-1)!.query!; // prettier-ignore
  expect([managerId, limit, cursor]).toEqual([idOf(10), undefined, undefined]);
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

async function select(label: string, value: string): Promise<void> {
  // The helper finds any field by its label; this one is a choice.
  const field = labelled(label) as unknown as HTMLSelectElement;
  field.value = value;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await flushPromises();
}

const chips = () => [...document.querySelectorAll('.chips li button')].map((button) => button.textContent?.trim());
const heads = () => [...document.querySelectorAll('thead th')].map((head) => head.textContent?.trim()).filter(Boolean);

describe('the filters of the table', () => {
  it('narrow it at once, are shown as chips and counted', async () => {
    const { app } = await open();
    await press('Filtri');
    await select('Uporabniški račun', 'false');
    await select('eRačun', 'bizbox');
    expect(lastAsked()).toEqual({ hasAccount: 'false', channel: 'bizbox' });
    expect(chips()).toEqual(['brez računa', 'eRačun: Bizbox', 'Počisti filtre']);
    expect(app.text()).toContain('Filtri (2)');
    app.unmount();
  });

  it('leave out what would leave nobody: a slip password is of who has no account', async () => {
    const { app } = await open();
    await press('Filtri');
    await select('Uporabniški račun', 'true');
    await select('Geslo z razdelilnika', 'expired');
    expect(lastAsked()).toEqual({ access: 'expired' });
    labelled('e-naslov ni potrjen').click();
    await flushPromises();
    expect(lastAsked()).toEqual({ emailUnconfirmed: 'true' });
    app.unmount();
  });

  it('find a building by its name and narrow the table to it', async () => {
    const { app } = await open();
    await press('Filtri');
    const field = labelled('Stavba');
    field.focus();
    field.value = 'copova';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await vi.advanceTimersByTimeAsync(200);
    await flushPromises();
    expect(portal.asked(listBuildings).at(-1)?.query).toEqual({ managerId: idOf(10), limit: 20, search: 'copova' });
    const option = [...document.querySelectorAll<HTMLElement>('[role=option]')].find((one) => one.textContent?.includes('Čopova')); // prettier-ignore
    option!.click();
    await flushPromises();
    expect(lastAsked()).toEqual({ buildingId: building.id });
    expect(chips()[0]).toBe('Čopova ulica 8');
    app.unmount();
  });

  it('go one by one or all at once; what is searched for stays', async () => {
    const { app } = await open();
    usePayersStore().filter({ search: 'novak', account: 'false', channel: 'bank', unconfirmed: false });
    await flushPromises();
    await choose('Odstrani filter: brez računa');
    expect(lastAsked()).toEqual({ search: 'novak', channel: 'bank' });
    await press('Počisti filtre');
    expect(lastAsked()).toEqual({ search: 'novak' });
    expect(chips()).toEqual([]);
    app.unmount();
  });

  it('stay when the page is left and come back to', async () => {
    const { app, router } = await open();
    usePayersStore().filter({ channel: 'bank', search: 'ana' });
    await router.push('/office/mails');
    await vi.dynamicImportSettled();
    await router.push('/office/payers');
    await vi.dynamicImportSettled();
    await flushPromises();
    expect(lastAsked()).toEqual({ channel: 'bank', search: 'ana' });
    expect(app.find<HTMLInputElement>('[type=search]').element.value).toBe('ana');
    app.unmount();
  });

  it('come with a link, in the place of others, and leave its address', async () => {
    const { app, router } = await open(`/office/payers?buildingId=${building.id}&building=Dunajska+1&access=registered&channel=x`); // prettier-ignore
    expect(lastAsked()).toEqual({ buildingId: building.id, hasAccount: 'true' });
    expect(chips().slice(0, 2)).toEqual(['Dunajska 1', 'z računom']);
    expect(router.currentRoute.value.fullPath).toBe('/office/payers');
    app.unmount();
  });

  it('name the building of a link that has its id alone, and do not ask for the table anew', async () => {
    const { app } = await open(`/office/payers?buildingId=${building.id}`);
    await eventually(() => expect(chips()[0]).toBe('Čopova ulica 8'));
    expect(portal.asked(listBuildings).map(({ query }) => query)).toContainEqual({
      ...{ managerId: idOf(10), id: building.id, limit: 1 },
    });
    expect(portal.asked(listPayers).filter(({ query }) => query?.buildingId)).toHaveLength(1);
    app.unmount();
  });

  it('that nobody fits say so, with the way out', async () => {
    const { app } = await open();
    portal.answer(listPayers, () => ({ items: [], nextCursor: null, total: 0 }));
    usePayersStore().filter({ channel: 'imdocs', search: 'x' });
    await flushPromises();
    expect(app.text()).toContain('Ni zadetkov');
    await press('Počisti iskanje in filtre');
    expect(lastAsked()).toEqual({});
    app.unmount();
  });
});

describe('typing', () => {
  it('does not draw the table anew with each key', async () => {
    const { app } = await open();
    // A generic component has no type that findComponent takes.
    const table = app.findComponent(AppTable as never) as unknown as VueWrapper;
    let drawn = 0;
    // The hooks after an update (`u`) are Vue's own affair, and nothing else tells how often the table was drawn.
    const instance = table.vm.$ as unknown as { u: (() => void)[] | null };
    instance.u = [...(instance.u ?? []), () => drawn++];
    for (const typed of ['n', 'no', 'nov']) await app.find('[type=search]').setValue(typed);
    expect(drawn).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    await flushPromises();
    expect(lastAsked()).toEqual({ search: 'nov' });
    expect(drawn).toBeGreaterThan(0);
    app.unmount();
  });

  it('is gone on with after Esc in the table', async () => {
    const { app } = await open();
    document.querySelector<HTMLElement>('[data-row="1"]')!.focus();
    document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(document.activeElement?.getAttribute('type')).toBe('search');
    app.unmount();
  });
});

describe('the columns of the table', () => {
  it('are chosen, kept on this computer, and as at first again', async () => {
    const { app } = await open();
    expect(heads()).toContain('Šifra');
    await press('Stolpci');
    labelled('Šifra').click();
    await flushPromises();
    expect(heads()).not.toContain('Šifra');
    const kept = ['units', 'channel', 'access', 'lastSlip'];
    expect(bridge.shell.setColumns).toHaveBeenLastCalledWith({ table: 'payers', columns: kept });
    // What there was no room for is shown when it is asked for.
    labelled('E-naslov').click();
    await flushPromises();
    expect(heads()).toEqual(['Plačnik', 'Enota', 'E-naslov', 'eRačun', 'Dostop', 'Zadnji razdelilnik']);
    await press('Kot na začetku');
    expect(bridge.shell.setColumns).toHaveBeenLastCalledWith({ table: 'payers', columns: null });
    expect(heads()).toContain('Šifra');
    app.unmount();
  });

  it('are those of the last time; the name always stays', async () => {
    const { app } = await open();
    useColumnsStore().meet({ payers: ['email', 'period'] });
    await flushPromises();
    expect(heads()).toEqual(['Plačnik', 'E-naslov', 'Zadnje obdobje']);
    app.unmount();
  });
});

describe('the export', () => {
  it('writes all that the filters leave', async () => {
    const { app } = await open();
    usePayersStore().filter({ channel: 'bank', search: 'ana' });
    await flushPromises();
    bridge.office.saveList.mockResolvedValue({ ok: true, value: { saved: true, fileName: 'placniki.csv' } });
    await press('Izvozi CSV');
    const wanted = bridge.office.saveList.mock.calls[0]![0];
    expect(wanted).toMatchObject({ list: 'payers', params: {}, query: { managerId: idOf(10), channel: 'bank', search: 'ana' } }); // prettier-ignore
    expect(wanted.fileName).toMatch(/^placniki-\d{4}-\d\d-\d\d\.csv$/);
    expect(useToastStore().toasts.map(({ text }) => text)).toEqual(['Seznam je shranjen: placniki.csv']);
    app.unmount();
  });

  it('says why it failed, and nothing when no place was chosen', async () => {
    const { app } = await open();
    bridge.office.saveList.mockResolvedValue({ ok: true, value: { saved: false, fileName: null } });
    await press('Izvozi CSV');
    expect(useToastStore().toasts).toEqual([]);
    const problem = { type: 'x', title: 'x', status: 503, code: 'offline' } as const;
    bridge.office.saveList.mockResolvedValue({ ok: false, problem });
    await press('Izvozi CSV');
    expect(
      useToastStore()
        .toasts.map(({ text }) => text)
        .join(),
    ).toContain('Portala ne dosežemo.');
    app.unmount();
  });
});
