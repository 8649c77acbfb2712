import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  getBuildingShares,
  getChannelShares,
  getOpenings,
  getRegistrations,
  getTasks,
} from '../../contract/overview.ts';
import type { StaffRole } from '../../contract/session.ts';
import { call } from '../../src-renderer/api/client.ts';
import { ApiProblem } from '../../src-renderer/api/problem.ts';
import { thinned, ticks } from '../../src-renderer/shared/components/charts/scale.ts';
import { idOf, openApp, press, staffSession, stubDesktop, stubLayout } from './helpers/office.ts';

vi.mock('../../src-renderer/api/client.ts', { spy: true });

const months = Array.from({ length: 12 }, (_, at) => ({
  ...{ month: at === 0 ? '2025-12' : `2026-${String(at).padStart(2, '0')}`, payers: 1000, registered: at * 30 },
}));

const everything = {
  tasks: {
    ...{ eInvoiceRequests: 3, failedMails: 2, checkedImports: 1, drafts: 0, waitingImport: idOf(7) as string | null },
    ...{ expiringSlipPasswords: 5, failedImport: null as object | null },
    start: { hasSlips: true, hasPublished: true, hasSlipPasswords: true, hasColleagues: true },
  },
  registrations: { payers: 1000, registered: 330, months },
  openings: {
    newest: {
      run: { id: idOf(9), period: '2026-11', publishedOn: '2026-11-20', slips: 400, openedSlips: 100 },
      days: [40, 80, 100],
    },
    before: null,
  },
  buildings: { items: [{ id: idOf(800), name: 'Čopova ulica 1', payers: 40, registered: 10 }], others: 12 },
  channels: { channels: [{ channel: 'none', payers: 600 }, { channel: 'bank', payers: 400 }] }, // prettier-ignore
};

let answers: typeof everything;
let failing: readonly unknown[];

beforeEach(() => {
  stubDesktop();
  stubLayout();
  [answers, failing] = [structuredClone(everything), []];
  vi.mocked(call).mockReset();
  vi.mocked(call).mockImplementation(((operation: unknown) => {
    if (failing.includes(operation)) return Promise.reject(new ApiProblem({ code: 'offline' }));
    const { tasks, registrations, openings, buildings, channels } = answers;
    const known = new Map<unknown, unknown>([
      ...([[getTasks, tasks], [getRegistrations, registrations], [getOpenings, openings]] as const), // prettier-ignore
      ...([[getBuildingShares, buildings], [getChannelShares, channels]] as const), // prettier-ignore
    ]);
    return Promise.resolve(known.get(operation) ?? { items: [], nextCursor: null });
  }) as never);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open(role: StaffRole = 'admin', path = '/office') {
  const opened = await openApp(path, staffSession(role));
  await vi.dynamicImportSettled();
  await flushPromises();
  return { ...opened, text: () => opened.app.text().replaceAll('\u00a0', ' ') };
}

const linksOf = (app: Awaited<ReturnType<typeof open>>['app']): Record<string, string> =>
  Object.fromEntries(app.findAll('main a').map((link) => [link.text(), link.attributes('href') ?? '']));

describe('the overview', () => {
  it('is where staff arrive', async () => {
    const { app, router } = await open('clerk', '/sign-in');
    expect(router.currentRoute.value.name).toBe('overview');
    app.unmount();
  });

  it('leads from each thing that waits to where it is done', async () => {
    const { app } = await open();
    expect(linksOf(app)).toMatchObject({
      '1 pregledana datoteka čaka na potrditev': expect.stringContaining(`/office/imports/${idOf(7)}`) as string,
      '3 prošnje za eRačun čakajo na odločitev': expect.stringContaining('/office/e-invoice-requests') as string,
      '2 e-sporočili zadnjih 30 dni nista prišli do naslovnika': expect.stringContaining('state=failed') as string,
      '5 gesel z razdelilnika poteče v 14 dneh': expect.stringContaining('/office/slip-passwords') as string,
      'Čopova ulica 1': expect.stringContaining(`buildingId=${idOf(800)}`) as string,
    });
    app.unmount();
    const clerk = await open('clerk');
    expect(clerk.text()).not.toContain('5 gesel z razdelilnika');
    clerk.app.unmount();
  });

  it('says what every picture shows, also as a table', async () => {
    const { app, text } = await open();
    expect(text()).toContain('33 % 330 od 1.000 plačnikov');
    expect(text()).toContain('25 % 100 od 400 razdelilnikov');
    expect(text()).toContain('40 % 400 od 1.000 plačnikov');
    expect(text()).toContain('10 od 40 (25 %)');
    const rows = app.findAll('table').map((table) => table.findAll('tbody tr').map((row) => row.text()));
    expect(rows.map(({ length }) => length)).toEqual([12, 8, 1, 5]);
    expect(app.findAll('.scroller table')).toHaveLength(0);
    await press('Prikaži kot preglednico');
    expect(app.findAll('.scroller table')).toHaveLength(1);
    app.unmount();
  });

  it('of a new manager says what to do first, and nothing else', async () => {
    const start = { hasSlips: false, hasPublished: false, hasSlipPasswords: false, hasColleagues: false };
    const none = { eInvoiceRequests: 0, failedMails: 0, checkedImports: 0, expiringSlipPasswords: 0 };
    answers.tasks = { ...answers.tasks, ...none, start };
    const { app, text } = await open('clerk');
    expect(text()).toContain('Prvi koraki');
    expect(text()).toContain('To naredi administrator.');
    expect(text()).not.toContain('Registrirani plačniki');
    expect(app.findAll('main svg[viewBox^="0 0 560"]')).toHaveLength(0);
    app.unmount();
  });

  it('of a new manager says that the first file waits for its confirmation', async () => {
    answers.tasks.start = { hasSlips: false, hasPublished: false, hasSlipPasswords: false, hasColleagues: false };
    const { app } = await open('clerk');
    expect(linksOf(app)['1 pregledana datoteka čaka na potrditev']).toContain(idOf(7));
    app.unmount();
  });

  it('shows what it has when one picture cannot be had, which can be asked for again', async () => {
    failing = [getOpenings];
    const { app, text } = await open();
    expect(text()).toContain('Portala ne dosežemo.');
    expect(text()).toContain('33 %');
    failing = [];
    await press('Poskusi znova');
    await flushPromises();
    expect(text()).toContain('25 % 100 od 400');
    app.unmount();
  });
});

describe('the axis of a picture', () => {
  it('has marks that people count in, up to what it must hold', () => {
    expect(ticks(0)).toEqual([0, 1]);
    expect(ticks(100)).toEqual([0, 25, 50, 75, 100]);
    expect(ticks(0.43)).toEqual([0, 0.2, 0.4, 0.6]);
    expect(ticks(103_000)).toEqual([0, 50_000, 100_000, 150_000]);
  });

  it('names as many places as there is room for, and the last one always', () => {
    expect([...thinned(12, 4)].sort((a, b) => a - b)).toEqual([2, 5, 8, 11]);
    expect(thinned(3, 10).size).toBe(3);
    expect([...thinned(5, 0)]).toEqual([4]);
  });
});
