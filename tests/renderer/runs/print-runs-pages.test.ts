import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listPayers } from '../../../contract/payers.ts';
import { countPrint, listPrintRuns } from '../../../contract/print-runs.ts';
import type { PrintRun, PrintSelection } from '../../../contract/print-runs.ts';
import { getRun, getRunRecipients } from '../../../contract/runs.ts';
import type { Run } from '../../../contract/runs.ts';
import type { StaffRole } from '../../../contract/session.ts';
import type { Channel } from '../../../contract/slips.ts';
import { call } from '../../../src-renderer/api/client.ts';
import { ApiProblem } from '../../../src-renderer/api/problem.ts';
import { usePayersStore } from '../../../src-renderer/modules/payers/use-payers-store.ts';
import { buttonOf, idOf, openApp, payerOf, press, staffSession, stubDesktop, stubLayout } from '../helpers/office.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const aRun: Run = {
  ...{ id: idOf(700), period: '2026-10', state: 'published', publishedAt: '2026-11-05T08:00:00.000Z' },
  ...{ importId: idOf(1), publishedBy: 'Petra Pisar', slips: 1248, totalCents: 12_345_678, openedSlips: 312 },
  ofPeriod: { slips: 1248, publishedSlips: 1248 },
};
const buildings = Array.from({ length: 12 }, (_, at) => ({ id: idOf(800 + at), name: `Čopova ulica ${at}`, slips: at + 1 })); // prettier-ignore
const aPrint: PrintRun = {
  ...{ id: idOf(900), runId: aRun.id, period: '2026-10', form: 'pdf', slipPasswords: true, state: 'cancelled' },
  ...{ slips: 1248, slipsDone: 300, createdAt: '2026-11-06T08:00:00.000Z', createdBy: 'Petra Pisar', finishedAt: null },
};

let bridge: ReturnType<typeof stubDesktop>;
let run: Run;
let prints: readonly PrintRun[];
let counts: { slips: number; withoutAccount: number; incompleteAddresses: number };
let channels: { channel: Channel; slips: number }[];
let failing: readonly unknown[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  bridge = stubDesktop();
  stubLayout();
  [run, prints, failing] = [aRun, [aPrint], []];
  counts = { slips: 1248, withoutAccount: 312, incompleteAddresses: 3 };
  channels = [{ channel: 'none', slips: 900 }, { channel: 'email', slips: 348 }]; // prettier-ignore
  vi.mocked(call).mockReset();
  vi.mocked(call).mockImplementation(((operation: unknown) => {
    if (failing.includes(operation)) return Promise.reject(new ApiProblem({ code: 'offline' }));
    if (operation === listPrintRuns) return Promise.resolve({ items: prints, nextCursor: null });
    if (operation === countPrint) return Promise.resolve(counts);
    if (operation === listPayers) return Promise.resolve({ items: [], nextCursor: null, total: 0 });
    if (operation === getRunRecipients) return Promise.resolve({ channels, withoutAccount: 312 });
    if (operation !== getRun) return Promise.resolve({ items: [], nextCursor: null });
    return Promise.resolve({ ...run, buildings });
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

async function open(path = `/office/runs/${aRun.id}/print`, role: StaffRole = 'admin') {
  const opened = await openApp(path, staffSession(role));
  await settle();
  return opened;
}

const counted = (): PrintSelection =>
  (vi.mocked(call).mock.calls.findLast(([operation]) => operation === (countPrint as never))![1] as unknown as { body: PrintSelection }).body; // prettier-ignore

function labelOf(words: string): HTMLLabelElement {
  const found = [...document.querySelectorAll('label')].find((label) => label.textContent.includes(words));
  if (!found) throw new Error(`nothing is labelled "${words}"`);
  return found;
}

async function tick(words: string): Promise<void> {
  labelOf(words).querySelector('input')!.click();
  await settle();
}

const channelField = () => labelOf('Kako dobivajo razdelilnik').control as HTMLSelectElement;

async function choose(channel: string): Promise<void> {
  channelField().value = channel;
  channelField().dispatchEvent(new Event('change', { bubbles: true }));
  await settle();
}

describe('what was printed', () => {
  it('is told below, with how each print ended; without any there is nothing', async () => {
    const { app } = await open();
    expect(app.text()).toContain('Kaj je bilo natisnjeno');
    expect(app.text()).toContain('300 od 1.248');
    expect(app.text()).toContain('z novimi gesli');
    expect(app.text()).toContain('preklicano');
    app.unmount();
    prints = [];
    const again = await open();
    expect(again.app.text()).not.toContain('Kaj je bilo natisnjeno');
    again.app.unmount();
  });
});

describe('what is printed of a run', () => {
  it('is counted before: the whole run at first', async () => {
    const { app } = await open();
    expect(counted()).toEqual({ runId: aRun.id });
    expect(app.text()).toContain(
      '1.248 razdelilnikov, 312 brez uporabniškega računa, 3 plačniki brez popolnega naslova',
    );
    app.unmount();
  });

  it('is some buildings, found by a part of the name without its marks', async () => {
    const { app } = await open();
    await tick('Izbrane stavbe');
    expect(app.text()).toContain('Najprej izberite, kaj naj natisnemo.');
    expect(buttonOf('Shrani PDF za tisk').disabled).toBe(true);
    const search = app.get<HTMLInputElement>('input[type=search]');
    await search.setValue('copova 11');
    expect(app.findAll('.list li').map((row) => row.text())).toEqual(['Čopova ulica 1112 razdelilnikov']);
    await tick('Čopova ulica 11');
    await search.setValue('');
    await tick('Čopova ulica 3');
    expect(app.text()).toContain('Izbrani 2 stavbi');
    expect(counted()).toEqual({ runId: aRun.id, buildingIds: [idOf(811), idOf(803)] });
    await press('Izberi vse');
    await settle();
    expect(counted().buildingIds).toHaveLength(12);
    await press('Počisti izbor');
    await settle();
    expect(buttonOf('Shrani PDF za tisk').disabled).toBe(true);
    app.unmount();
  });

  it('is the payers that were chosen in their table', async () => {
    const { app, router } = await open('/office/payers');
    usePayersStore().select([payerOf(1), payerOf(2)], true);
    await router.push(`/office/runs/${aRun.id}/print`);
    await settle();
    await tick('Izbrani plačniki');
    expect(counted()).toEqual({ runId: aRun.id, payerIds: [idOf(1001), idOf(1002)] });
    app.unmount();
  });

  it('is narrowed to paper, and to payers without an account', async () => {
    const { app } = await open();
    await choose('none');
    await tick('Samo plačnikom brez uporabniškega računa');
    expect(counted()).toEqual({ runId: aRun.id, channels: ['none'], withoutAccount: true });
    app.unmount();
  });

  it('is narrowed to a channel that has slips, for the PDFs that go with its list', async () => {
    channels = [{ channel: 'email', slips: 1246 }, { channel: 'bank', slips: 2 }]; // prettier-ignore
    bridge.office.savePrintRun.mockResolvedValue({ ok: true, value: { saved: true, fileName: 'banka.zip' } });
    const { app } = await open();
    expect([...channelField().options].map(({ text }) => text)).toEqual([
      'vsi: 1.248 razdelilnikov',
      'po pošti (brez eRačuna): 0 razdelilnikov',
      'po e-pošti: 1.246 razdelilnikov',
      'v spletno banko: 2 razdelilnika',
    ]);
    await choose('bank');
    expect(counted()).toEqual({ runId: aRun.id, channels: ['bank'] });
    await tick('Posamezne datoteke');
    await press('Shrani ZIP');
    expect(bridge.office.savePrintRun.mock.calls[0]![0].order).toMatchObject({
      selection: { runId: aRun.id, channels: ['bank'] },
      form: 'zip',
    });
    await choose('all');
    expect(counted()).toEqual({ runId: aRun.id });
    app.unmount();
  });

  it('that is nothing cannot be printed, nor what could not be counted', async () => {
    counts = { slips: 0, withoutAccount: 0, incompleteAddresses: 0 };
    const { app } = await open();
    expect(app.text()).toContain('Temu izboru ne ustreza noben razdelilnik.');
    expect(buttonOf('Shrani PDF za tisk').disabled).toBe(true);
    failing = [countPrint];
    await choose('none');
    expect(app.text()).toContain('Portala ne dosežemo.');
    expect(buttonOf('Shrani PDF za tisk').disabled).toBe(true);
    [failing, counts] = [[], { slips: 1, withoutAccount: 1, incompleteAddresses: 0 }];
    await press('Poskusi znova');
    await settle();
    expect(app.text()).toContain('1 razdelilnik, 1 brez uporabniškega računa');
    expect(buttonOf('Shrani PDF za tisk').disabled).toBe(false);
    app.unmount();
  });
});

describe('printing', () => {
  const saved = (fileName: string) => ({ ok: true, value: { saved: true, fileName } }) as const;

  it('saves one PDF, tells how far it is, and at the end where it is', async () => {
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof saved>>();
    bridge.office.savePrintRun.mockReturnValue(promise);
    const { app } = await open();
    await press('Shrani PDF za tisk');
    expect(bridge.office.savePrintRun.mock.calls).toEqual([
      [
        {
          order: { selection: { runId: aRun.id }, form: 'pdf', bothSides: false, slipPasswords: false },
          managerId: idOf(10),
          fileName: 'razdelilniki-2026-10.pdf',
        },
      ],
    ]);
    expect(app.text()).toContain('0 od 1.248 razdelilnikov');
    bridge.office.onPrintProgress.mock.calls[0]![0]({ slips: 1248, slipsDone: 500 });
    await flushPromises();
    expect(app.text()).toContain('500 od 1.248 razdelilnikov');
    expect(app.get('progress').attributes()).toMatchObject({ value: '500', max: '1248' });
    resolve(saved('oktober.pdf'));
    await flushPromises();
    expect(app.text()).toContain('V datoteki oktober.pdf je 1.248 razdelilnikov.');
    expect(app.text()).not.toContain('izbrišite');
    expect(document.activeElement?.textContent).toContain('Datoteka je shranjena');
    app.unmount();
  });

  it('saves single files as a ZIP', async () => {
    bridge.office.savePrintRun.mockResolvedValue(saved('a.zip'));
    const { app } = await open();
    await tick('Posamezne datoteke');
    await press('Shrani ZIP');
    expect(bridge.office.savePrintRun.mock.calls[0]![0]).toMatchObject({ order: { form: 'zip' }, fileName: 'razdelilniki-2026-10.zip' }); // prettier-ignore
    app.unmount();
  });

  it('with fresh passwords asks before, for the earlier ones become void', async () => {
    bridge.office.savePrintRun.mockResolvedValue(saved('gesla.pdf'));
    const { app } = await open();
    await tick('natisni novo geslo');
    await press('Shrani PDF za tisk');
    expect(document.body.textContent).toContain('(312 razdelilnikov). Njihova prejšnja gesla takoj prenehajo veljati');
    await press('Prekliči');
    expect(bridge.office.savePrintRun).not.toHaveBeenCalled();
    await press('Shrani PDF za tisk');
    await press('Natisni nova gesla');
    expect(bridge.office.savePrintRun.mock.calls[0]![0].order.slipPasswords).toBe(true);
    expect(app.text()).toContain('Ko jo natisnete, jo izbrišite.');
    expect(labelOf('natisni novo geslo').querySelector('input')!.checked).toBe(false);
    app.unmount();
  });

  it('with fresh passwords is for admins and published runs alone', async () => {
    const clerk = await open(undefined, 'clerk');
    expect(clerk.app.text()).not.toContain('natisni novo geslo');
    clerk.app.unmount();
    run = { ...aRun, state: 'draft', publishedAt: null };
    const { app } = await open();
    expect(labelOf('natisni novo geslo').querySelector('input')!.disabled).toBe(true);
    expect(app.text()).toContain('čez list pisalo OSNUTEK');
    app.unmount();
  });

  it('can be cancelled, which is no error; nothing saved is no error either', async () => {
    const { promise, resolve } = Promise.withResolvers<never>();
    bridge.office.savePrintRun.mockReturnValue(promise);
    const { app } = await open();
    await press('Shrani PDF za tisk');
    await press('Prekliči tiskanje');
    expect(bridge.office.cancelPrintRun).toHaveBeenCalledTimes(1);
    resolve({ ok: false, problem: { type: '', title: '', status: 499, code: 'cancelled' } } as never);
    await flushPromises();
    expect(app.text()).toContain('Tiskanje je preklicano.');
    expect(app.find('[role=alert]').exists()).toBe(false);
    bridge.office.savePrintRun.mockResolvedValue({ ok: true, value: { saved: false, fileName: null } });
    await press('Shrani PDF za tisk');
    expect(app.text()).toContain('Ker niste izbrali, kam naj se datoteka shrani');
    app.unmount();
  });

  it('that broke off says that the passwords are lost, and can be begun again', async () => {
    const problem = { type: '', title: '', status: 500, code: 'print_lost' } as const;
    bridge.office.savePrintRun.mockResolvedValue({ ok: false, problem });
    const { app } = await open();
    await tick('natisni novo geslo');
    await press('Shrani PDF za tisk');
    await press('Natisni nova gesla');
    expect(app.get('[role=alert]').text()).toContain('Razdelilnike natisnite znova z novimi gesli');
    expect(buttonOf('Shrani PDF za tisk').disabled).toBe(false);
    app.unmount();
  });

  it('is asked about before the page is left, and then cancelled', async () => {
    bridge.office.savePrintRun.mockReturnValue(new Promise(() => undefined));
    const { app, router } = await open();
    await press('Shrani PDF za tisk');
    const leaving = router.push('/office/runs');
    await flushPromises();
    expect(document.body.textContent).toContain('Datoteka še ni cela.');
    await press('Prekliči in zapusti');
    await leaving;
    expect(bridge.office.cancelPrintRun).toHaveBeenCalledTimes(1);
    expect(router.currentRoute.value.fullPath).toBe('/office/runs');
    app.unmount();
  });
});
