import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { h } from 'vue';
import type { Component } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import type { Column } from '../../../src-renderer/shared/components/app-table.ts';
import AppTable from '../../../src-renderer/shared/components/AppTable.vue';

interface Row {
  readonly id: string;
  readonly name: string;
}
const rows: readonly Row[] = Array.from({ length: 30 }, (_, at) => ({ id: `r${at}`, name: `Vrstica ${at}` }));
const columns: readonly Column<Row>[] = [
  { key: 'name', label: 'Ime', text: ({ name }) => name, isHeader: true, isSortable: true },
  { key: 'deed', label: 'Dejanje', isLabelHidden: true },
  { key: 'id', label: 'Oznaka', text: ({ id }) => id, from: 80 },
];

afterEach(() => {
  vi.restoreAllMocks();
  document.body.innerHTML = '';
});

function open(more: Record<string, unknown> = {}) {
  const page = { render: () => null };
  const routes = [{ path: '/', component: page }, { path: '/one/:id', name: 'one', component: page }]; // prettier-ignore
  const router = createRouter({ history: createMemoryHistory(), routes });
  // The type of a generic component does not tell mount which rows are meant.
  const table = mount(AppTable as unknown as Component, {
    props: { columns, rows, caption: 'Vrstice', to: ({ id }: Row) => ({ name: 'one', params: { id } }), ...more },
    slots: { 'cell-deed': () => h('button', 'Stori') },
    global: { plugins: [router] },
    attachTo: document.body,
  });
  return { table, router };
}

const link = (row: number) => document.querySelector<HTMLElement>(`a[data-row="${row}"]`)!;
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

async function key(name: string): Promise<void> {
  document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
  await flushPromises();
  await frame();
}

describe('a table whose rows open', () => {
  it('says what it lists, how many, and by what a row is known', () => {
    const { table } = open({ total: 1234 });
    expect(table.find('caption').text()).toBe('Vrstice');
    expect(table.find('table').attributes('aria-rowcount')).toBe('1235');
    expect(table.find('table').attributes('aria-colcount')).toBe('3');
    expect(table.find('tbody th').attributes('scope')).toBe('row');
    table.unmount();
  });

  it('is walked through with the keys', async () => {
    const { table } = open();
    link(0).focus();
    await key('ArrowDown');
    expect(document.activeElement).toBe(link(1));
    await key('PageDown');
    expect(document.activeElement).toBe(link(13));
    await key('End');
    expect(document.activeElement).toBe(link(29));
    await key('PageUp');
    await key('ArrowUp');
    expect(document.activeElement).toBe(link(16));
    await key('Home');
    expect(document.activeElement).toBe(link(0));
    table.unmount();
  });

  it('leaves the keys to what else stands in a row', async () => {
    const { table } = open();
    const button = document.querySelector<HTMLElement>('tbody button')!;
    button.focus();
    await key('ArrowDown');
    expect(document.activeElement).toBe(button);
    table.unmount();
  });

  it('opens by the link and by a click anywhere, after it was told', async () => {
    const { table, router } = open();
    link(2).click();
    await flushPromises();
    expect(router.currentRoute.value.params.id).toBe('r2');
    document.querySelectorAll<HTMLElement>('tbody tr.row')[4]!.querySelector('td')!.click();
    await flushPromises();
    expect(router.currentRoute.value.params.id).toBe('r4');
    expect(table.emitted('open')).toEqual([
      [rows[2], { row: 2, scrolled: 0 }],
      [rows[4], { row: 4, scrolled: 0 }],
    ]);
    table.unmount();
  });

  it('does not open for a button in the row, nor when the click is for a new window', async () => {
    const { table, router } = open();
    document.querySelector<HTMLElement>('tbody button')!.click();
    const held = new MouseEvent('click', { ctrlKey: true, bubbles: true, cancelable: true });
    link(1).dispatchEvent(held);
    await flushPromises();
    expect(held.defaultPrevented).toBe(false);
    expect(router.currentRoute.value.path).toBe('/');
    expect(table.emitted('open')).toBeUndefined();
    table.unmount();
  });

  it('does not open for the marking of a text to copy', async () => {
    const { table, router } = open();
    vi.spyOn(window, 'getSelection').mockReturnValue({ isCollapsed: false } as Selection);
    document.querySelector<HTMLElement>('tbody td')!.click();
    await flushPromises();
    expect(router.currentRoute.value.path).toBe('/');
    table.unmount();
  });
});

describe('its head', () => {
  it('asks for another order and says which one holds', async () => {
    const { table } = open({ sort: { by: 'name', isDescending: true } });
    expect(table.find('thead th').attributes('aria-sort')).toBe('descending');
    await table.find('thead button').trigger('click');
    expect(table.emitted('sort')).toEqual([['name']]);
    table.unmount();
  });

  it('has the columns for which there is room', async () => {
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1000);
    const { table } = open();
    await flushPromises();
    expect(table.findAll('thead th').map((head) => head.text())).toEqual(['Ime', 'Dejanje']);
    table.unmount();
  });
});
