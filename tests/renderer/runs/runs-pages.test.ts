import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { getSlipAsResident } from '../../../contract/office-slips.ts';
import { getRun, listRuns, listRunSlips } from '../../../contract/runs.ts';
import type { Run, RunSlip } from '../../../contract/runs.ts';
import { call } from '../../../src-renderer/api/client.ts';
import { ApiProblem } from '../../../src-renderer/api/problem.ts';
import { idOf, openApp, press, staffSession, stubDesktop, stubLayout } from '../helpers/office.ts';
import { makeItem, makeOrder, makeSlip, makeUnit } from '../../helpers/slip-data.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const aRun: Run = {
  ...{ id: idOf(700), importId: idOf(1), period: '2026-10', state: 'published', slips: 1248, totalCents: 12_345_678 },
  ...{ publishedAt: '2026-11-05T08:00:00.000Z', publishedBy: 'Petra Pisar', openedSlips: 312 },
  ofPeriod: { slips: 2496, publishedSlips: 1248 },
};
const buildings = [{ id: idOf(800), name: 'Čopova ulica 1', slips: 5 }];
const row: RunSlip = {
  ...{ id: idOf(50), number: 'R-50', payerId: idOf(60), payerCode: '104217', payerName: 'Ana Novak' },
  ...{ channel: 'bank', dueDate: '2026-11-20', totalCents: 12_345, firstOpenedAt: null },
};

const aSlip = makeSlip([makeUnit([makeItem(1)])], [makeOrder()]);

let run: Run;
let runs: readonly Run[];
let rows: readonly RunSlip[];
let failing: readonly unknown[];
let openedAt: string | null;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  stubDesktop();
  stubLayout();
  [run, runs, rows, failing, openedAt] = [aRun, [aRun], [row], [], null];
  vi.mocked(call).mockReset();
  vi.mocked(call).mockImplementation(((operation: unknown) => {
    if (failing.includes(operation)) return Promise.reject(new ApiProblem({ code: 'offline' }));
    if (operation === listRuns) return Promise.resolve({ items: runs, nextCursor: null });
    if (operation === listRunSlips) return Promise.resolve({ items: rows, nextCursor: null, total: rows.length });
    if (operation === getRun) return Promise.resolve({ ...run, buildings });
    if (operation !== getSlipAsResident) return Promise.resolve({ items: [], nextCursor: null });
    return Promise.resolve({ slip: aSlip, run, firstOpenedAt: openedAt });
  }) as never);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function settle(): Promise<void> {
  await vi.dynamicImportSettled();
  await flushPromises();
  await vi.advanceTimersByTimeAsync(400);
  await flushPromises();
}

async function open(path: string) {
  const opened = await openApp(path, staffSession('clerk'));
  await settle();
  return opened;
}

/** The spy's type is that of all operations at once; what it was called with is this one's. */
const asked = (): unknown =>
  (vi.mocked(call).mock.calls.findLast(([operation]) => operation === (listRunSlips as never))![1] as unknown as { query: unknown }).query; // prettier-ignore

describe('the list of runs', () => {
  it('says of each what it comes to, how much was opened and who published it, and leads to it', async () => {
    const { app, router } = await open('/office/runs');
    for (const words of ['oktober 2026', '1.248', '123.456,78', '25 %', 'Petra Pisar', 'objavljeno 50 % meseca'])
      expect(app.text().replaceAll('\u00a0', ' ')).toContain(words);
    await app.get('tbody a').trigger('click');
    await settle();
    expect(router.currentRoute.value.fullPath).toBe(`/office/runs/${aRun.id}`);
    app.unmount();
  });

  it('without any leads to the upload; one that cannot be had can be asked for again', async () => {
    runs = [];
    const { app } = await open('/office/runs');
    expect(app.text()).toContain('Ni še nobenega obračuna');
    app.unmount();
    failing = [listRuns];
    const again = await open('/office/runs');
    expect(again.app.text()).toContain('Portala ne dosežemo.');
    [failing, runs] = [[], [aRun]];
    await press('Poskusi znova');
    expect(again.app.text()).toContain('oktober 2026');
    again.app.unmount();
  });
});

describe('one run', () => {
  it('finds its slips as one types and chooses, and says when none fits', async () => {
    const { app } = await open(`/office/runs/${aRun.id}`);
    expect(app.text()).toContain('312 od 1.248');
    expect(app.text()).toContain('Ana Novak');
    await app.get('input[type=search]').setValue(' novak ');
    await settle();
    expect(asked()).toEqual({ search: 'novak', cursor: undefined });
    const [building, channel, opened] = app.findAll('select');
    await building!.setValue(idOf(800));
    await channel!.setValue('bank');
    rows = [];
    await opened!.setValue('unopened');
    await settle();
    const filter = { search: 'novak', buildingId: idOf(800), channel: 'bank', opened: 'false' };
    expect(asked()).toEqual({ ...filter, cursor: undefined });
    expect(app.text()).toContain('Noben razdelilnik se ne ujema');
    rows = [row];
    await press('Počisti izbor');
    await settle();
    expect(asked()).toEqual({ cursor: undefined });
    expect(app.text()).toContain('R-50');
    app.unmount();
  });

  it('of a draft says that nobody sees it, and has no opened share', async () => {
    run = { ...aRun, state: 'draft', publishedAt: null, publishedBy: null, openedSlips: 0 };
    const { app } = await open(`/office/runs/${aRun.id}`);
    expect(app.text()).toContain('stanovalci ga še ne vidijo');
    expect(app.text()).not.toContain('Odprli so jih stanovalci');
    expect(app.findAll('select')).toHaveLength(2);
    app.unmount();
  });

  it('opens a slip as its resident sees it, and says so', async () => {
    const { app, router } = await open(`/office/runs/${aRun.id}`);
    await app.get('tbody a').trigger('click');
    await settle();
    expect(router.currentRoute.value.fullPath).toBe(`/office/slips/${row.id}`);
    expect(app.text()).toContain(`Tako vidi razdelilnik stanovalec: ${aSlip.payer.name}`);
    expect(app.text()).toContain('Stanovalec ga še ni odprl.');
    expect(app.text()).toContain('Ogled je zapisan v dnevnik.');
    expect(app.find('iframe').exists()).toBe(false);
    await press('Pokaži PDF');
    expect(app.get('iframe').attributes('src')).toContain(`/api/v1/office/slips/${row.id}/pdf`);
    app.unmount();
  });

  it('says of a draft that the resident does not see it yet, and of an opened slip since when', async () => {
    run = { ...aRun, state: 'draft' };
    const draft = await open(`/office/slips/${row.id}`);
    expect(draft.app.text()).toContain('stanovalec ga še ne vidi');
    draft.app.unmount();
    [run, openedAt] = [aRun, '2026-11-06T08:00:00.000Z'];
    const opened = await open(`/office/slips/${row.id}`);
    expect(opened.app.text()).toContain('Stanovalec ga je prvič odprl 6. 11. 2026');
    opened.app.unmount();
  });
});
