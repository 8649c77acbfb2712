import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { getPayer, type Payer } from '../../../contract/payers.ts';
import { call } from '../../../src-renderer/api/client.ts';
import { usePayersStore } from '../../../src-renderer/modules/payers/use-payers-store.ts';
import { openApp, payerDetailsOf, payerOf, staffSession, stubDesktop, stubLayout } from '../helpers/office.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

interface Query {
  readonly search?: string;
  readonly access?: string;
  readonly cursor?: string;
  readonly limit?: number;
  readonly managerId?: string;
}

const asked: Query[] = [];
/** Every question of the page goes to one operation. */
const answerWith = (reply: (query: Query) => unknown): void =>
  void vi.mocked(call).mockImplementation(((_: unknown, input: { query: Query }) => reply(input.query)) as never);
const all = Array.from({ length: 120 }, (_, at) => payerOf(at));

/** The server: pages of 50 of those whose name holds the search. */
function answer(query: Query) {
  const hits = all.filter((payer) => payer.name.includes(query.search ?? ''));
  const from = Number(query.cursor ?? 0);
  const items = hits.slice(from, from + (query.limit ?? 50));
  const next = from + items.length;
  return { items, nextCursor: next < hits.length ? String(next) : null, total: hits.length };
}

beforeEach(() => {
  stubDesktop();
  stubLayout();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  asked.length = 0;
  answerWith((query) => {
    asked.push(query);
    return Promise.resolve(answer(query));
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open() {
  const { app, router } = await openApp('/office/payers', staffSession('admin'));
  await vi.dynamicImportSettled();
  await flushPromises();
  return { app, router };
}

const lists = () => asked.filter((query) => query.limit === undefined);
const checkbox = (row: number) => document.querySelector<HTMLInputElement>(`[data-row="${row}"]`)!;
const chosenCodes = (): string[] => [...usePayersStore().selected.values()].map((payer: Payer) => payer.code).sort();

function click(row: number, shiftKey = false): void {
  checkbox(row).dispatchEvent(new MouseEvent('click', { shiftKey, bubbles: true, cancelable: true }));
}

describe('the table of payers', () => {
  it('draws only the rows in sight and tells how many there are', async () => {
    const { app } = await open();
    const table = document.querySelector('table')!;
    expect(table.getAttribute('aria-rowcount')).toBe('121');
    expect(document.querySelectorAll('[data-row]').length).toBeLessThan(40);
    expect(document.querySelector('[data-row="0"]')?.closest('tr')?.getAttribute('aria-rowindex')).toBe('2');
    expect(app.text()).toContain('120 plačnikov');
    app.unmount();
  });

  it('always names the manager', async () => {
    const { app } = await open();
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every((query) => query.managerId === '0000000000000000000000000000000a')).toBe(true);
    app.unmount();
  });

  it('asks for a search once, after the last key', async () => {
    const { app } = await open();
    const before = lists().length;
    for (const typed of ['1', '11', '119']) await app.find('[type=search]').setValue(typed);
    expect(lists().length).toBe(before);
    await vi.advanceTimersByTimeAsync(200);
    expect(lists().slice(before).map((query) => query.search)).toEqual(['119']); // prettier-ignore
    expect(app.find('.count').text()).toBe('1 od 120');
    app.unmount();
  });

  it('drops the answer to an earlier search', async () => {
    const { app } = await open();
    let late: (given: unknown) => void = () => undefined;
    answerWith((query) =>
      query.search === '11' ? new Promise((resolve) => (late = resolve)) : Promise.resolve(answer(query)),
    );
    await app.find('[type=search]').setValue('11');
    await vi.advanceTimersByTimeAsync(200);
    await app.find('[type=search]').setValue('119');
    await vi.advanceTimersByTimeAsync(200);
    late(answer({ search: '11' }));
    await flushPromises();
    expect(app.find('.count').text()).toBe('1 od 120');
    expect(document.querySelectorAll('[data-row]').length).toBe(1);
    app.unmount();
  });

  it('chooses a range with shift, and takes it out again', async () => {
    const { app } = await open();
    click(2);
    click(5, true);
    await flushPromises();
    expect(chosenCodes()).toEqual(['104202', '104203', '104204', '104205']);
    click(3, true);
    await flushPromises();
    expect(chosenCodes()).toEqual(['104202']);
    app.unmount();
  });

  it('chooses all that have come, and says on the button how many', async () => {
    const { app } = await open();
    await app.find('thead input').trigger('change');
    const loaded = usePayersStore().selected.size;
    expect(loaded).toBeGreaterThanOrEqual(50);
    expect(app.text()).toContain(`Izdaj gesla · ${loaded} izbranih`);
    app.unmount();
  });

  it('moves with the arrows and takes rows along with shift', async () => {
    const { app } = await open();
    const table = app.find('.scroller');
    await table.trigger('keydown', { key: 'ArrowDown' });
    await table.trigger('keydown', { key: 'ArrowDown', shiftKey: true });
    await flushPromises();
    expect(checkbox(2).tabIndex).toBe(0);
    expect(checkbox(0).tabIndex).toBe(-1);
    expect(chosenCodes()).toEqual(['104201', '104202']);
    app.unmount();
  });

  it('goes to the search at a slash, unless one is being typed', async () => {
    const { app } = await open();
    const slash = () => new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true });
    document.body.dispatchEvent(slash());
    expect(document.activeElement?.getAttribute('type')).toBe('search');
    const typed = slash();
    document.activeElement?.dispatchEvent(typed);
    expect(typed.defaultPrevented).toBe(false);
    app.unmount();
  });

  it('forgets the selection with another manager', async () => {
    const { app } = await openApp('/office/payers', staffSession('admin', 'clerk'));
    await vi.dynamicImportSettled();
    await flushPromises();
    click(1);
    expect(chosenCodes()).toHaveLength(1);
    await app.find('nav select').setValue('0000000000000000000000000000000b');
    await flushPromises();
    expect(chosenCodes()).toEqual([]);
    expect(lists().at(-1)?.managerId).toBe('0000000000000000000000000000000b');
    expect(app.find('nav').text()).not.toContain('Gesla z razdelilnika');
    app.unmount();
  });
});

describe('from the table to one payer', () => {
  const details = (at: number, access: Payer['access']) => payerDetailsOf(at, { access });

  /** One payer is asked for by its id, all others are questions of the table. */
  beforeEach(() => {
    vi.mocked(call).mockImplementation(((operation: unknown, input: { query: Query; params?: { id: string } }) => {
      if (operation === getPayer) return Promise.resolve(details(3, 'issued'));
      if (input.params) return new Promise(() => undefined);
      asked.push(input.query);
      return Promise.resolve(answer(input.query));
    }) as never);
  });

  async function settle(): Promise<void> {
    await vi.dynamicImportSettled();
    await flushPromises();
  }

  const enter = () => new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });

  it.each([
    ['a click in the row', () => document.querySelectorAll<HTMLElement>('tbody td.code')[3]!.click()],
    ['the name', () => document.querySelectorAll<HTMLElement>('tbody th a')[3]!.click()],
    ['Enter', () => void checkbox(3).dispatchEvent(enter())],
  ])('leads %s', async (_, go) => {
    const { app, router } = await open();
    go();
    await settle();
    expect(router.currentRoute.value).toMatchObject({ name: 'payer', params: { id: payerOf(3).id } });
    expect(usePayersStore().selected.size).toBe(0);
    app.unmount();
  });

  it('does not lead a click beside the tick, which chooses', async () => {
    const { app, router } = await open();
    document.querySelectorAll<HTMLElement>('tbody td.tick')[3]!.click();
    click(3);
    await settle();
    expect(router.currentRoute.value.name).toBe('payers');
    expect(chosenCodes()).toEqual(['104203']);
    app.unmount();
  });

  it('and back: the same rows, the same place, and what changed meanwhile', async () => {
    const { app, router } = await open();
    await app.find('[type=search]').setValue('Priimek');
    await vi.advanceTimersByTimeAsync(200);
    const before = lists().length;
    const count = app.find('.count').text();
    const scroller = app.find('.scroller').element;
    scroller.scrollTop = 120;
    checkbox(3).dispatchEvent(enter());
    await settle();
    await router.push('/office/payers');
    await settle();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(lists().length).toBe(before);
    expect(app.find<HTMLInputElement>('[type=search]').element.value).toBe('Priimek');
    expect(app.find('.count').text()).toBe(count);
    expect(app.find('.scroller').element.scrollTop).toBe(120);
    expect(document.activeElement).toBe(checkbox(3));
    expect(checkbox(3).closest('tr')?.textContent).toContain('geslo izdano');
    app.unmount();
  });

  it('forgets the place when the way back led elsewhere first', async () => {
    const { app, router } = await open();
    checkbox(3).dispatchEvent(enter());
    await settle();
    await router.push(`/office/payers/${payerOf(3).id}/merge`);
    await settle();
    const before = lists().length;
    await router.push('/office/payers');
    await settle();
    expect(lists().length).toBeGreaterThan(before);
    app.unmount();
  });
});
