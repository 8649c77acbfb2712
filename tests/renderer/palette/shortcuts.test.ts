import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listPayers } from '../../../contract/payers.ts';
import { usePaletteStore } from '../../../src-renderer/modules/palette/use-palette-store.ts';
import { eventually } from '../../helpers/eventually.ts';
import { openApp, payerOf, staffSession, stubDesktop, stubLayout } from '../helpers/office.ts';
import { answerOperations } from '../helpers/operations.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

let opened: Awaited<ReturnType<typeof openApp>>;

beforeEach(() => {
  stubDesktop();
  stubLayout();
  answerOperations().answer(listPayers, () => ({ items: [payerOf(1)], nextCursor: null, total: 1 }));
});

afterEach(() => {
  opened.app.unmount();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open(role: 'admin' | 'clerk' = 'admin') {
  opened = await openApp('/office/payers', staffSession(role));
  await vi.dynamicImportSettled();
  await flushPromises();
}

async function keys(target: Element, ...names: readonly string[]): Promise<void> {
  for (const key of names) {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    target.dispatchEvent(event);
  }
  await vi.dynamicImportSettled();
  await flushPromises();
}

const page = () => opened.router.currentRoute.value.name;
const search = () => document.querySelector('[type=search]')!;

describe('shortcuts', () => {
  it('lead to a page by two keys', async () => {
    await open();
    await keys(document.body, 'g', 'm');
    await eventually(() => expect(page()).toBe('mails'));
    await keys(document.body, 'g', 'g');
    await eventually(() => expect(page()).toBe('slip-passwords'));
  });

  it('need both keys, one right after the other', async () => {
    await open();
    await keys(document.body, 'm', 'g', 'x', 'm');
    expect(page()).toBe('payers');
    const late = new KeyboardEvent('keydown', { key: 'm', bubbles: true });
    vi.spyOn(late, 'timeStamp', 'get').mockReturnValue(performance.now() + 60_000);
    await keys(document.body, 'g');
    document.body.dispatchEvent(late);
    await flushPromises();
    expect(page()).toBe('payers');
  });

  it('are letters in a field, and with Ctrl, Alt or ⌘ the keys of the system', async () => {
    await open();
    await keys(search(), 'g', 'm', '?');
    expect([page(), usePaletteStore().shown]).toEqual(['payers', null]);
    for (const held of ['ctrlKey', 'altKey', 'metaKey'])
      for (const key of ['g', 'm'])
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, [held]: true }));
    await flushPromises();
    expect(page()).toBe('payers');
  });

  it('wait while something is being asked', async () => {
    await open();
    await keys(document.body, '?');
    await eventually(() => expect(document.querySelector('[role=dialog]')).not.toBeNull());
    await keys(document.querySelector('[role=dialog]')!, 'g', 'm');
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }));
    await flushPromises();
    expect([page(), usePaletteStore().shown]).toEqual(['payers', 'keys']);
  });

  it('are listed, without those to pages that are not the person’s', async () => {
    await open('clerk');
    await keys(document.body, '?');
    await eventually(() => expect(document.querySelector('.shortcuts')).not.toBeNull());
    const rows = [...document.querySelectorAll('.shortcuts dl > div')].map((row) =>
      [...row.querySelectorAll('dt, kbd')].map((part) => part.textContent).join(' '),
    );
    expect(rows).toContain('Plačniki g p');
    expect(rows).toContain('Poišči plačnika, stran ali dejanje Ctrl K');
    expect(rows.join()).not.toContain('Gesla z razdelilnika');
    document
      .querySelector('[role=dialog]')!
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await eventually(() => expect(document.querySelector('[role=dialog]')).toBeNull());
    await keys(document.body, 'g', 'g');
    expect(page()).toBe('payers');
  });

  it('go to the search of the page', async () => {
    await open();
    await keys(document.body, '/');
    expect(document.activeElement).toBe(search());
  });
});
