import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  confirmEInvoiceRequest,
  listEInvoiceRequests,
  refuseEInvoiceRequest,
  type OfficeRequest,
} from '../../../contract/e-invoices.ts';
import { useToastStore } from '../../../src-renderer/shared/components/use-toast-store.ts';
import { idOf, openApp, press, staffSession, stubDesktop } from '../helpers/office.ts';
import { answerOperations } from '../helpers/operations.ts';
import { beside, send, write } from '../helpers/own-account.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const requestOf = (number: number, more: Partial<OfficeRequest> = {}): OfficeRequest => ({
  ...{ id: idOf(900 + number), channel: 'email', email: `racuni${number}@primer.si`, iban: null, taxNumber: null },
  ...{ state: 'open', createdAt: '2026-11-20T09:00:00.000Z', decidedAt: null, reason: null },
  ...{ payerId: idOf(800 + number), payerCode: `10420${number}`, payerName: `Plačnik ${number}` },
  ...{ currentChannel: 'none', emailProved: true, requestedBy: 'Živa Čebašek', decidedBy: null },
  ...more,
});

let portal: ReturnType<typeof answerOperations>;
let requests: OfficeRequest[];

beforeEach(() => {
  stubDesktop();
  portal = answerOperations();
  requests = [requestOf(1), requestOf(2, { channel: 'none', email: null, currentChannel: 'bizbox' })];
  portal.answer(listEInvoiceRequests, ({ query = {} }) => {
    const items = requests.filter(({ state }) => (state === 'open') === (query['state'] === 'open'));
    return { items, nextCursor: null, open: requests.filter(({ state }) => state === 'open').length };
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open() {
  const opened = await openApp('/office/e-invoice-requests', staffSession('clerk'));
  await vi.dynamicImportSettled();
  await flushPromises();
  return opened;
}

const rows = () => [...document.querySelectorAll('tbody tr.row')].map((row) => row.textContent?.replace(/\s+/g, ' '));
const toasts = () => useToastStore().toasts.map(({ text }) => text);
const page = () => document.body.textContent?.replace(/\s+/g, ' ') ?? '';

describe("the office's page of requests", () => {
  it('says who asks for what instead of what, and how many wait', async () => {
    const { app } = await open();
    expect(rows()).toHaveLength(2);
    expect(rows()[0]).toContain('E-pošta (racuni1@primer.si).');
    expect(rows()[0]).toContain('Zdaj: brez eRačuna');
    expect(rows()[0]).toContain('prosi Živa Čebašek');
    expect(rows()[1]).toContain('Odjava od eRačuna.');
    expect(rows()[1]).toContain('Zdaj: Bizbox');
    expect(page()).toContain('Čakajo (2)');
    expect(page()).not.toContain('Pozor');
    expect(portal.asked(listEInvoiceRequests)[0]?.query).toMatchObject({ managerId: idOf(10), state: 'open' });
    app.unmount();
  });

  it('warns of an address that the resident has not proved', async () => {
    requests = [requestOf(1, { emailProved: false })];
    const { app } = await open();
    expect(rows()[0]).toContain('Pozor: stanovalec tega e-naslova še ni potrdil.');
    app.unmount();
  });

  it('confirms with one press, and goes on to the next', async () => {
    portal.answer(confirmEInvoiceRequest, () => requestOf(1, { state: 'confirmed' }));
    const { app } = await open();
    await press('Potrdi');
    expect(portal.asked(confirmEInvoiceRequest)).toEqual([
      { params: { id: idOf(901) }, query: { managerId: idOf(10) } },
    ]);
    expect(rows()).toHaveLength(1);
    expect(page()).toContain('Čakajo (1)');
    expect(toasts()).toContain('Prošnja je potrjena: Plačnik 1');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Potrdi: Plačnik 2');
    app.unmount();
  });

  it('shows how it stands when somebody was quicker', async () => {
    portal.refuse(confirmEInvoiceRequest, 'e_invoice_request_state');
    const { app } = await open();
    requests = requests.slice(1);
    await press('Potrdi');
    expect(toasts().join()).toContain('O tej prošnji je bilo že odločeno');
    expect(rows()).toHaveLength(1);
    app.unmount();
  });

  it('refuses with a reason and not without', async () => {
    portal.answer(refuseEInvoiceRequest, () => requestOf(1, { state: 'refused' }));
    const { app } = await open();
    await press('Zavrni');
    await send();
    expect(beside('Razlog')).toContain('To polje je obvezno.');
    expect(portal.asked(refuseEInvoiceRequest)).toEqual([]);
    await write('Razlog', 'Davčna številka ni prava.');
    await send();
    expect(portal.asked(refuseEInvoiceRequest)[0]).toMatchObject({
      ...{ params: { id: idOf(901) }, body: { reason: 'Davčna številka ni prava.' } },
    });
    expect(rows()).toHaveLength(1);
    app.unmount();
  });

  it('shows what was decided, by whom and why', async () => {
    const decided = { state: 'refused', decidedAt: '2026-11-21T09:00:00.000Z', decidedBy: 'Petra Pisar' } as const;
    requests = [requestOf(3, { ...decided, reason: 'Ni plačnik.' })];
    const { app } = await open();
    expect(page()).toContain('Nobena prošnja ne čaka');
    document.querySelector<HTMLInputElement>('input[name=state][value=decided]')!.click();
    await flushPromises();
    expect(rows()[0]).toContain('zavrnjena');
    expect(rows()[0]).toContain('Petra Pisar');
    expect(rows()[0]).toContain('Razlog: Ni plačnik.');
    expect(document.querySelector('[data-confirm]')).toBeNull();
    app.unmount();
  });
});
