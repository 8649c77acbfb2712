import { flushPromises } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Slip } from '../../contract/slips.ts';
import { useSessionStore } from '../../src-renderer/modules/session/use-session-store.ts';
import SlipsPage from '../../src-renderer/modules/slips/SlipsPage.vue';
import SlipPage from '../../src-renderer/modules/slips/SlipPage.vue';
import { useToastStore } from '../../src-renderer/shared/components/use-toast-store.ts';
import { openPage, until } from './helpers/page.ts';
import { manager, resident, summary } from './helpers/people.ts';
import { startFakePortal } from './helpers/portal.ts';
import type { FakePortal } from './helpers/portal.ts';

let portal: FakePortal;
beforeEach(async () => {
  portal = await startFakePortal();
});
afterEach(() => portal.close());

const done = (value: unknown = null) => vi.fn().mockResolvedValue({ ok: true, value });
const failed = (code: string) => vi.fn().mockResolvedValue({ ok: false, problem: { code } });

async function press(page: VueWrapper, words: string): Promise<void> {
  await page
    .findAll('button')
    .find((button) => button.text() === words)!
    .trigger('click');
  await flushPromises();
}

describe("a slip's PDF", () => {
  async function openSlip(given: Partial<Slip>, bridge: Record<string, unknown> = {}) {
    const slip: Slip = {
      ...summary(1),
      manager: { ...manager, taxNumber: null },
      payer: { code: '104217', name: 'Ana Priimek', street: 'Šmartinska cesta 152', town: '1000 Ljubljana' },
      channel: 'email',
      ...{ units: [], vat: [], paymentOrders: [], funds: [], openItems: [], notes: [] },
      ...given,
    };
    portal.answer(`GET /slips/${slip.id}`, slip);
    const { page } = await openPage(SlipPage, { documents: bridge }, { id: slip.id });
    await until(() => page.text().includes('Ana Priimek'));
    return { slip, page };
  }

  it('is saved, opened and printed, under a name that every system takes', async () => {
    const bridge = {
      saveSlipPdf: done({ saved: true, fileName: 'x.pdf' }),
      openSlipPdf: done(),
      printSlipPdf: done(true),
    };
    const { slip, page } = await openSlip({ number: 'Č-17/a' }, bridge);
    for (const words of ['Shrani PDF', 'Natisni', 'Pokaži PDF', 'Odpri v drugem programu']) await press(page, words);
    const file = { id: slip.id, fileName: 'razdelilnik-2026-10-C-17-a.pdf' };
    expect(bridge.saveSlipPdf).toHaveBeenCalledExactlyOnceWith(file);
    expect(bridge.openSlipPdf).toHaveBeenCalledExactlyOnceWith(file);
    expect(bridge.printSlipPdf).toHaveBeenCalledExactlyOnceWith({ id: slip.id });
    expect(page.find('[role=alert]').exists()).toBe(false);
  });

  it('that does not print says what to do, until something else is tried', async () => {
    const saved = done({ saved: false, fileName: null });
    const { page } = await openSlip({}, { printSlipPdf: failed('printer_failed'), saveSlipPdf: saved });
    await press(page, 'Natisni');
    expect(page.get('[role=alert]').text()).toContain('Tiskanje ni uspelo');
    await press(page, 'Shrani PDF');
    expect(page.find('[role=alert]').exists()).toBe(false);
  });

  it('that no program opens says so', async () => {
    const { page } = await openSlip({}, { openSlipPdf: failed('file_failed') });
    await press(page, 'Pokaži PDF');
    await press(page, 'Odpri v drugem programu');
    expect(page.get('[role=alert]').text()).toContain('Datoteke ni bilo mogoče');
  });

  it('is not there without an e-invoice channel: nothing to show, save, open or print', async () => {
    const { page } = await openSlip({ channel: 'none' });
    const words = page.findAll('button').map((button) => button.text());
    for (const deed of ['Pokaži PDF', 'Natisni', 'Shrani PDF', 'Odpri v drugem programu']) {
      expect(words).not.toContain(deed);
    }
  });
});

describe("a year's slips", () => {
  const saveSlipYear = vi.fn();
  const cancelSlipYear = vi.fn().mockResolvedValue(undefined);
  let tell: (progress: { bytes: number }) => void;
  const documents = {
    saveSlipYear,
    cancelSlipYear,
    onSlipYearProgress: (listener: typeof tell) => {
      tell = listener;
      return () => undefined;
    },
  };

  async function openList(years: { year: number; slips: number }[]) {
    saveSlipYear.mockReset();
    cancelSlipYear.mockClear();
    portal.answer('GET /slips', { items: [summary(1)], nextCursor: null });
    portal.answer('GET /slip-years', { items: years });
    const { page } = await openPage(SlipsPage, { documents });
    useSessionStore().begin(resident);
    await until(() => page.text().includes(years.length > 0 ? 'Vsi razdelilniki enega leta' : 'PDF-ji'));
    return page;
  }

  const twoYears = () =>
    openList([
      { year: 2026, slips: 10 },
      { year: 2025, slips: 2 },
    ]);

  async function save(page: VueWrapper): Promise<void> {
    await page.get('form').trigger('submit');
    await flushPromises();
  }

  it('are saved as one file, of the newest year or the chosen one', async () => {
    const page = await twoYears();
    expect(page.text()).toContain('V eni datoteki ZIP je 10 PDF-jev.');
    saveSlipYear.mockResolvedValue({ ok: true, value: { saved: true, fileName: 'razdelilniki-2026.zip' } });
    await save(page);
    await page.get('select').setValue('2025');
    expect(page.text()).toContain('V eni datoteki ZIP sta 2 PDF-ja.');
    await save(page);
    expect(saveSlipYear.mock.calls).toEqual([
      [{ year: 2026, fileName: 'razdelilniki-2026.zip' }],
      [{ year: 2025, fileName: 'razdelilniki-2025.zip' }],
    ]);
    expect(useToastStore().toasts.map(({ text }) => text)).toContain('Shranjeno: razdelilniki-2026.zip');
  });

  it('show how much has come, and can be called off without a word of failure', async () => {
    const page = await twoYears();
    const { promise, resolve: end } = Promise.withResolvers();
    saveSlipYear.mockReturnValue(promise);
    await save(page);
    expect(page.text()).toContain('Shranjujemo razdelilnike za leto 2026');
    tell({ bytes: 1_234_567 });
    await flushPromises();
    expect(page.text()).toContain('Prejeto: 1,2 MB');
    await press(page, 'Prekliči');
    expect(cancelSlipYear).toHaveBeenCalledOnce();
    end({ ok: false, problem: { code: 'cancelled' } });
    await until(() => page.find('form').exists());
    expect(page.find('[role=alert]').exists()).toBe(false);
  });

  it('that do not come are told, and a page that is left calls them off', async () => {
    const page = await twoYears();
    saveSlipYear.mockResolvedValue({ ok: false, problem: { code: 'offline' } });
    await save(page);
    expect(page.get('[role=alert]').text()).toContain('Portala ne dosežemo');
    saveSlipYear.mockReturnValue(new Promise(() => undefined));
    await save(page);
    page.unmount();
    expect(cancelSlipYear).toHaveBeenCalledOnce();
  });

  it('are for subscribers to eRačun: all others are invited', async () => {
    const page = await openList([]);
    expect(page.text()).toContain('PDF-ji vseh razdelilnikov so za naročnike eRačuna');
    expect(page.find('form').exists()).toBe(false);
    expect(page.get('a.button').attributes('href')).toBe('/profile/e-invoices');
  });
});
