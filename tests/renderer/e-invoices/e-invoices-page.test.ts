import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  listEInvoices,
  requestEInvoice,
  withdrawEInvoiceRequest,
  type EInvoice,
  type EInvoiceRequest,
} from '../../../contract/e-invoices.ts';
import { useToastStore } from '../../../src-renderer/shared/components/use-toast-store.ts';
import { buttonOf, idOf, openApp, press, stubDesktop } from '../helpers/office.ts';
import { answerOperations } from '../helpers/operations.ts';
import { beside, labelled, send, write } from '../helpers/own-account.ts';
import { resident } from '../helpers/people.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const requestOf = (more: Partial<EInvoiceRequest> = {}): EInvoiceRequest => ({
  ...{ id: idOf(900), channel: 'email', email: 'racuni@primer.si', iban: null, taxNumber: null, state: 'open' },
  ...{ createdAt: '2026-11-20T09:00:00.000Z', decidedAt: null, reason: null },
  ...more,
});

const eInvoiceOf = (more: Partial<EInvoice> = {}): EInvoice => ({
  ...{ payerId: idOf(800), payerCode: '104217', payerName: 'Čehovin Žan', managerId: idOf(10) },
  ...{ managerName: 'Upravnik Vzorec', channel: 'none', email: null, request: null, history: [] },
  ...more,
});

let portal: ReturnType<typeof answerOperations>;
let items: EInvoice[];

beforeEach(() => {
  stubDesktop();
  portal = answerOperations();
  items = [eInvoiceOf()];
  portal.answer(listEInvoices, () => ({ items }));
  portal.answer(requestEInvoice, ({ body }) => eInvoiceOf({ request: requestOf(body as Partial<EInvoiceRequest>) }));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function open() {
  const opened = await openApp('/profile/e-invoices', resident);
  await vi.dynamicImportSettled();
  await flushPromises();
  return opened;
}

const page = () => document.body.textContent?.replace(/\s+/g, ' ') ?? '';
const toasts = () => useToastStore().toasts.map(({ text }) => text);
const pick = async (channel: string): Promise<void> => {
  document.querySelector<HTMLInputElement>(`input[name=channel][value=${channel}]`)!.click();
  await flushPromises();
};

describe('how a resident gets e-invoices', () => {
  it('is said for each payer, with what it means', async () => {
    items = [
      eInvoiceOf(),
      eInvoiceOf({ payerId: idOf(801), payerName: 'Garaža', channel: 'email', email: 'a@primer.si' }),
    ];
    const { app } = await open();
    expect(page()).toContain('Zdaj:brez eRačunaRazdelilnik si ogledate v programu iiPortal.');
    expect(page()).toContain('Zdaj:e-poštaa@primer.siRazdelilnik pride kot PDF po e-pošti');
    app.unmount();
  });

  it('can be asked for by e-mail, to the own address unless another one is given', async () => {
    const { app } = await open();
    await press('Naroči eRačun');
    expect(labelled('E-naslov za razdelilnike').value).toBe(resident.account.email);
    await write('E-naslov za razdelilnike', 'racuni@primer.si');
    await send();
    expect(portal.asked(requestEInvoice)).toEqual([
      { params: { id: idOf(800) }, body: { channel: 'email', email: 'racuni@primer.si' } },
    ]);
    expect(toasts()).toContain('Prošnja je poslana upravniku.');
    expect(page()).toContain('Vaša prošnja čaka na upravnikaE-pošta (racuni@primer.si).');
    expect(document.activeElement?.textContent).toBe('Čehovin Žan');
    app.unmount();
  });

  it('for the bank needs account and tax number, said beside the fields before anything is sent', async () => {
    const { app } = await open();
    await press('Naroči eRačun');
    await pick('bank');
    await write('Bančni račun (IBAN)', 'DE02120300000000202051');
    await send();
    expect(beside('Bančni račun (IBAN)')).toContain('IBAN ni pravi');
    expect(beside('Davčna številka')).toContain('To polje je obvezno.');
    expect(document.activeElement).toBe(labelled('Bančni račun (IBAN)'));
    expect(portal.asked(requestEInvoice)).toEqual([]);
    await write('Bančni račun (IBAN)', 'SI56 1910 0000 0123 438');
    await write('Davčna številka', '12345679');
    await send();
    expect(portal.asked(requestEInvoice)[0]?.body).toEqual({
      ...{ channel: 'bank', iban: 'SI56191000000123438', taxNumber: '12345679' },
    });
    app.unmount();
  });

  it('shows a refusal of the portal in the form, and how it stands now', async () => {
    portal.refuse(requestEInvoice, 'e_invoice_request_state');
    const { app } = await open();
    await press('Naroči eRačun');
    await send();
    expect(page()).toContain('O tej prošnji je bilo že odločeno');
    expect(portal.asked(listEInvoices)).toHaveLength(2);
    app.unmount();
  });

  it('is left after one question', async () => {
    items = [eInvoiceOf({ channel: 'email', email: 'a@primer.si' })];
    const { app } = await open();
    await press('Odjavi se od eRačuna');
    expect(portal.asked(requestEInvoice)).toEqual([]);
    await press('Pošlji odjavo');
    expect(portal.asked(requestEInvoice)[0]?.body).toEqual({ channel: 'none' });
    expect(page()).toContain('Odjava od eRačuna');
    app.unmount();
  });

  it('can be taken back while it waits', async () => {
    items = [eInvoiceOf({ request: requestOf() })];
    portal.answer(withdrawEInvoiceRequest, () => eInvoiceOf({ request: requestOf({ state: 'withdrawn' }) }));
    const { app } = await open();
    await press('Umakni prošnjo');
    const buttons = [...document.querySelectorAll('button')].filter(
      ({ textContent }) => textContent?.trim() === 'Umakni prošnjo',
    );
    buttons.at(-1)!.click();
    await flushPromises();
    expect(portal.asked(withdrawEInvoiceRequest)).toEqual([{ params: { id: idOf(800) } }]);
    expect(page()).not.toContain('čaka na upravnika');
    expect(() => buttonOf('Umakni prošnjo')).toThrow();
    app.unmount();
  });

  it('tells why the office said no, and how it was before', async () => {
    const history = [{ channel: 'none', changedAt: '2026-10-01T08:00:00.000Z', origin: 'import' } as const];
    items = [eInvoiceOf({ request: requestOf({ state: 'refused', reason: 'Naslov ni vaš.' }), history })];
    const { app } = await open();
    expect(page()).toContain('Upravnik prošnje ni potrdil');
    expect(page()).toContain('Razlog: Naslov ni vaš.');
    expect(page()).toContain('Zgodovina: 1 sprememba');
    expect(page()).toContain('iz datoteke z obračunom');
    app.unmount();
  });

  it('says what is wrong when the portal does not answer, and asks again', async () => {
    portal.refuse(listEInvoices, 'offline');
    const { app } = await open();
    expect(page()).toContain('Portala ne dosežemo');
    portal.answer(listEInvoices, () => ({ items }));
    await press('Poskusi znova');
    expect(page()).toContain('Čehovin Žan');
    app.unmount();
  });
});
