import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listImports } from '../../../contract/imports.ts';
import type { Import } from '../../../contract/imports.ts';
import { idOf, importOf, openApp, staffSession, stubDesktop } from '../helpers/office.ts';
import { answerOperations } from '../helpers/operations.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

let portal: ReturnType<typeof answerOperations>;
let items: Import[];
const done = importOf({ id: idOf(902), state: 'published' });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  stubDesktop();
  portal = answerOperations();
  items = [importOf({ id: idOf(901), state: 'checking' }), done];
  portal.answer(listImports, () => ({ items, nextCursor: null }));
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open() {
  const { app } = await openApp('/office/imports', staffSession('clerk'));
  await vi.dynamicImportSettled();
  await flushPromises();
  return app;
}

async function pass(): Promise<void> {
  await vi.advanceTimersByTimeAsync(3_000);
  await flushPromises();
}

const asked = () => portal.asked(listImports).length;
const firstRow = () => document.querySelector('tbody tr')?.textContent;

describe('the list of imports', () => {
  it('keeps up with what the portal works on, and asks no more once it is done', async () => {
    const app = await open();
    expect(firstRow()).toContain('se preverja');
    await pass();
    expect(asked()).toBe(2);
    items = [{ ...items[0]!, state: 'checked' }, done];
    await pass();
    expect(firstRow()).toContain('čaka na potrditev');
    await pass();
    await pass();
    expect(asked()).toBe(3);
    app.unmount();
  });

  it('stays as it is when the portal cannot be reached, and goes on when it can', async () => {
    const app = await open();
    portal.refuse(listImports, 'offline');
    await pass();
    expect(firstRow()).toContain('se preverja');
    expect(app.text()).not.toContain('Portala ne dosežemo.');
    items = [{ ...items[0]!, state: 'refused' }, done];
    portal.answer(listImports, () => ({ items, nextCursor: null }));
    await pass();
    expect(firstRow()).not.toContain('se preverja');
    app.unmount();
  });

  it('asks nothing by itself when nothing goes on, or the page was left', async () => {
    const app = await open();
    app.unmount();
    await pass();
    expect(asked()).toBe(1);
    items = [done];
    const again = await open();
    await pass();
    expect(asked()).toBe(2);
    again.unmount();
  });
});
