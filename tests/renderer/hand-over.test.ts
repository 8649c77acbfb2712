import { flushPromises, mount } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PortalPolicy } from '../../contract/desktop/api.ts';
import type { Slip, SlipSummary } from '../../contract/slips.ts';
import LinkNotice from '../../src-renderer/modules/registration-link/LinkNotice.vue';
import { useLinkStore } from '../../src-renderer/modules/registration-link/use-link-store.ts';
import { useSessionStore } from '../../src-renderer/modules/session/use-session-store.ts';
import PortalAddressPage from '../../src-renderer/modules/setup/PortalAddressPage.vue';
import { useShellStore } from '../../src-renderer/modules/shell/use-shell-store.ts';
import SlipPage from '../../src-renderer/modules/slips/SlipPage.vue';
import SlipsPage from '../../src-renderer/modules/slips/SlipsPage.vue';
import ManagerContact from '../../src-renderer/shared/components/ManagerContact.vue';
import ToastHost from '../../src-renderer/shared/components/ToastHost.vue';
import { useToastStore } from '../../src-renderer/shared/components/use-toast-store.ts';
import { i18n } from '../../src-renderer/shared/i18n/index.ts';
import { openPage, until } from './helpers/page.ts';
import { idOf, manager, resident, summary } from './helpers/people.ts';
import { startFakePortal } from './helpers/portal.ts';
import type { FakePortal } from './helpers/portal.ts';

let portal: FakePortal;
beforeEach(async () => {
  portal = await startFakePortal();
});
afterEach(() => portal.close());

const done = (value: unknown = null) => vi.fn().mockResolvedValue({ ok: true, value });
const failed = (code: string) => vi.fn().mockResolvedValue({ ok: false, problem: { code } });
const toasts = () => useToastStore().toasts.map(({ text }) => text);
const withPdf: Partial<SlipSummary> = { channel: 'email', number: '17' };
const file = { id: summary(1).id, fileName: 'razdelilnik-2026-10-17.pdf' };

async function openList(slips: SlipSummary[], documents: Record<string, unknown>) {
  portal.answer('GET /slips', { items: slips, nextCursor: null });
  portal.answer('GET /slip-years', { items: [] });
  const { page } = await openPage(SlipsPage, {
    documents: { onSlipYearProgress: () => () => undefined, ...documents },
  });
  useSessionStore().begin(resident);
  await until(() => page.text().includes('oktober 2026'));
  return page;
}

/** Whether the browser would drag it by itself. */
function dragStart(page: VueWrapper, selector: string): boolean {
  const event = new Event('dragstart', { bubbles: true, cancelable: true });
  page.get(selector).element.dispatchEvent(event);
  return !event.defaultPrevented;
}

describe("a slip's PDF taken by hand", () => {
  it('is fetched first, and then dragged by the system', async () => {
    const documents = { prepareDrag: done(), startDrag: done(true) };
    const page = await openList([summary(1, withPdf)], documents);
    expect(dragStart(page, 'li a')).toBe(false);
    await flushPromises();
    expect(documents.prepareDrag).toHaveBeenCalledExactlyOnceWith(file);
    expect(documents.startDrag).toHaveBeenCalledExactlyOnceWith({ id: file.id });
    expect(toasts()).toEqual([]);
  });

  it('that came too late is ready for the next time', async () => {
    let come!: (answer: unknown) => void;
    const documents = {
      prepareDrag: vi.fn(() => new Promise((resolve) => (come = resolve))),
      startDrag: done(true),
    };
    const page = await openList([summary(1, withPdf)], documents);
    dragStart(page, 'li a');
    window.dispatchEvent(new Event('mouseup'));
    come({ ok: true, value: null });
    await flushPromises();
    expect(documents.startDrag).not.toHaveBeenCalled();
    expect(toasts()).toEqual(['PDF je pripravljen. Povlecite ga še enkrat.']);
  });

  it('that cannot be had says why', async () => {
    const documents = { prepareDrag: failed('offline'), startDrag: done(true) };
    const page = await openList([summary(1, withPdf)], documents);
    dragStart(page, 'li a');
    await flushPromises();
    expect(documents.startDrag).not.toHaveBeenCalled();
    expect(toasts()[0]).toContain('Portala ne dosežemo');
  });

  it('is not there without an e-invoice channel: nothing is dragged, no link of ours either', async () => {
    const documents = { prepareDrag: done(), startDrag: done(true) };
    const page = await openList([summary(1), summary(2, { ...withPdf, period: '2026-09' })], documents);
    expect(dragStart(page, 'li a')).toBe(false);
    await flushPromises();
    expect(documents.prepareDrag).not.toHaveBeenCalled();
    expect(page.findAll('li .grip svg')).toHaveLength(1);
  });
});

describe("on a slip's page", () => {
  async function openSlip(documents: Record<string, unknown>, platform: string) {
    const slip: Slip = {
      ...summary(1, withPdf),
      manager: { ...manager, taxNumber: null },
      payer: { code: '104217', name: 'Ana Priimek', street: 'Šmartinska cesta 152', town: '1000 Ljubljana' },
      ...{ units: [], vat: [], paymentOrders: [], funds: [], openItems: [], notes: [] },
    };
    portal.answer(`GET /slips/${slip.id}`, slip);
    const { page } = await openPage(SlipPage, { documents }, { id: slip.id });
    useShellStore().meet({ platform } as Parameters<ReturnType<typeof useShellStore>['meet']>[0]);
    await until(() => page.text().includes('Ana Priimek'));
    return page;
  }
  const share = (page: VueWrapper) => page.findAll('button').find((button) => button.text() === 'Deli');

  it('the PDF is dragged', async () => {
    const documents = { prepareDrag: done(), startDrag: done(true) };
    const page = await openSlip(documents, 'win32');
    dragStart(page, '[draggable=true]');
    await flushPromises();
    expect(documents.startDrag).toHaveBeenCalledExactlyOnceWith({ id: file.id });
  });

  it('it is shared where the system has a menu for that', async () => {
    const shareSlipPdf = done();
    const page = await openSlip({ shareSlipPdf }, 'darwin');
    await share(page)!.trigger('click');
    await flushPromises();
    expect(shareSlipPdf).toHaveBeenCalledExactlyOnceWith(file);
    expect(share(await openSlip({}, 'linux'))).toBeUndefined();
  });
});

describe('what other programs show', () => {
  async function openToasts(documents: Record<string, unknown>) {
    const { page } = await openPage(ToastHost, { documents });
    useToastStore().showSaved('Shranjeno: a.pdf', 'a.pdf');
    await until(() => document.body.textContent.includes('Pokaži v mapi'));
    const button = [...document.querySelectorAll('button')].find((one) => one.textContent.includes('Pokaži v mapi'))!;
    button.click();
    await flushPromises();
    return page;
  }

  it('is where a file was saved', async () => {
    const showSaved = done();
    await openToasts({ showSaved });
    expect(showSaved).toHaveBeenCalledExactlyOnceWith({ fileName: 'a.pdf' });
  });

  it('is nothing when the file is gone, and that is said', async () => {
    await openToasts({ showSaved: failed('file_gone') });
    expect(toasts().at(-1)).toContain('Datoteke ni več tam');
  });

  it.each([
    [done(), undefined],
    [failed('no_program'), 'ni programa'],
  ])('is a new mail to the office, or why there is none', async (openLink, said) => {
    await openPage(LinkNotice, { shell: { openLink } });
    const contact = mount(ManagerContact, { props: { manager, missing: '' }, global: { plugins: [i18n] } });
    await contact.get('button[aria-label="Pišite upravniku"]').trigger('click');
    await flushPromises();
    expect(openLink).toHaveBeenCalledExactlyOnceWith('mailto:pisarna@vzorec.si');
    if (said) expect(toasts()[0]).toContain(said);
    else expect(toasts()).toEqual([]);
  });
});

describe("under an administrator's policy", () => {
  const address = 'https://portal.vzorec.si';

  async function openAddress(policy: PortalPolicy) {
    const { page } = await openPage(PortalAddressPage);
    useShellStore().meetPortal({ address: policy.state === 'pinned' ? address : null, policy });
    await flushPromises();
    return page;
  }

  it('the address is shown, who set it is said, and nothing is asked', async () => {
    const page = await openAddress({ state: 'pinned', by: 'Služba za informatiko' });
    expect(page.text()).toContain(address);
    expect(page.text()).toContain('Določil ga je: Služba za informatiko.');
    expect(page.find('input').exists()).toBe(false);
    expect((await openAddress({ state: 'pinned', by: null })).text()).not.toContain('Določil ga je:');
  });

  it('that is damaged, no address can be typed in past it', async () => {
    const page = await openAddress({ state: 'damaged' });
    expect(page.get('[role=alert]').text()).toContain('ne poveže z nobenim portalom');
    expect(page.find('input').exists()).toBe(false);
    expect(page.findAll('button').filter((button) => button.text() === 'Nadaljuj')).toEqual([]);
  });

  it('a link to another portal cannot change it', async () => {
    await openPage(LinkNotice);
    useShellStore().meetPortal({ address, policy: { state: 'pinned', by: null } });
    useLinkStore().set({ portal: 'https://portal.drugi.si', manager: idOf(1), code: '104217' });
    await until(() => document.body.textContent.includes('Naslov portala je določil skrbnik'));
    expect(document.body.textContent).not.toContain('Spremeni naslov portala');
  });
});
