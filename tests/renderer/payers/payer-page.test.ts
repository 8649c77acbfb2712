import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { getPayerEInvoice, setPayerChannel, type EInvoice } from '../../../contract/e-invoices.ts';
import {
  endPayerSession,
  getPayer,
  liftPayerLimits,
  listPayers,
  releasePayer,
  type PayerDetails,
} from '../../../contract/payers.ts';
import type { StaffRole } from '../../../contract/session.ts';
import { usePayersStore } from '../../../src-renderer/modules/payers/use-payers-store.ts';
import { useToastStore } from '../../../src-renderer/shared/components/use-toast-store.ts';
import {
  buttonOf,
  idOf,
  openApp,
  payerDetailsOf,
  payerOf,
  press,
  staffSession,
  stubDesktop,
  stubLayout,
} from '../helpers/office.ts';
import { answerOperations } from '../helpers/operations.ts';
import { beside, send, write } from '../helpers/own-account.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const account = {
  ...{ firstName: 'Ana', lastName: 'Novak', email: 'ana@primer.si', emailConfirmed: true },
  ...{ linkedAt: '2026-11-01T10:00:00.000Z', lastUsedAt: '2026-11-22T10:00:00.000Z' },
  lostMail: null,
};
const detailsOf = (more: Partial<PayerDetails> = {}): PayerDetails =>
  payerDetailsOf(1, { lastSlip: { period: '2026-10', totalCents: 8432 }, ...more });
const eInvoiceOf = (more: Partial<EInvoice> = {}): EInvoice => ({
  ...{ payerId: payerOf(1).id, payerCode: '104201', payerName: 'Priimek Ime 1', managerId: idOf(10) },
  ...{ managerName: 'Upravnik 1', channel: 'none', email: null, request: null, history: [] },
  ...more,
});
const registered = detailsOf({ access: 'registered', account });

let portal: ReturnType<typeof answerOperations>;
let details: PayerDetails;

beforeEach(() => {
  stubDesktop();
  stubLayout();
  portal = answerOperations();
  details = detailsOf();
  portal.answer(getPayer, () => details);
  portal.answer(getPayerEInvoice, () => eInvoiceOf());
  portal.answer(listPayers, () => ({ items: [payerOf(1)], nextCursor: null, total: 1 }));
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
}

async function open(role: StaffRole = 'admin') {
  const opened = await openApp(`/office/payers/${details.id}`, staffSession(role));
  await settle();
  return opened;
}

const dialog = () => document.querySelector<HTMLElement>('[role=alertdialog]');
const toasts = () => useToastStore().toasts.map(({ text }) => text);
const confirm = async () => {
  [...dialog()!.querySelectorAll('button')].at(-1)!.click();
  await flushPromises();
};
const asksOfThis = { params: { id: idOf(1001) }, query: { managerId: idOf(10) } };

describe('the answer to "I cannot get in"', () => {
  it.each([
    ['issued', 'Geslo z razdelilnika je izdano in velja.', 'geslo iz najnovejšega pisma'],
    ['expired', 'Geslo z razdelilnika je poteklo.', 'potrebuje novo geslo z razdelilnika'],
    ['none', 'nima gesla z razdelilnika.', 'potrebuje novo geslo z razdelilnika'],
  ] as const)('says how the access stands: %s', async (access, stands, help) => {
    details = detailsOf({ access });
    const { app } = await open();
    expect(app.text()).toContain(stands);
    expect(app.text()).toContain(help);
    expect(app.text()).toContain('S tem plačnikom se še nihče ni registriral.');
    app.unmount();
  });

  it('shows who has registered, and how a forgotten password is helped', async () => {
    details = registered;
    const { app } = await open('clerk');
    expect(app.text()).toContain('Za prijavo uporablja e-naslov ana@primer.si');
    expect(app.text()).toContain('POZABLJENO GESLO');
    expect(app.text()).toMatch(/Ana Novak.*potrjen.*1\. 11\. 2026.*Aktivna, zadnja dejavnost 22\. 11\. 2026/s);
    expect(portal.asked(getPayer)).toEqual([asksOfThis]);
    app.unmount();
  });

  it('tells of a mail that did not arrive, in words and as the mail server put it', async () => {
    const lostMail = { createdAt: '2026-11-22T09:00:00.000Z', error: '550 5.1.1 User unknown' };
    details = detailsOf({ access: 'registered', account: { ...account, lostMail } });
    const { app } = await open('clerk');
    expect(app.text()).toMatch(/Zadnje sporočilo ni prispelo.*22\. 11\. 2026.*550 5\.1\.1 User unknown/s);
    app.unmount();
  });

  it('warns that no code reaches an address that was never confirmed', async () => {
    details = detailsOf({ access: 'registered', account: { ...account, emailConfirmed: false } });
    const { app } = await open();
    expect(app.text()).toContain('E-naslov ana@primer.si ni potrjen');
    expect(app.text()).not.toContain('POZABLJENO GESLO');
    app.unmount();
  });

  it('of a payer that is not there leads back to the list', async () => {
    portal.refuse(getPayer, 'not_found');
    const { app, router } = await open();
    expect(app.text()).toContain('Tega na portalu ni ali ni več.');
    app.findAll('a').find((link) => link.text() === 'Na seznam plačnikov')!.element.click(); // prettier-ignore
    await settle();
    expect(router.currentRoute.value.name).toBe('payers');
    app.unmount();
  });

  it('can be asked for again when it did not come', async () => {
    portal.refuse(getPayer, 'offline');
    const { app } = await open();
    portal.answer(getPayer, () => details);
    await press('Poskusi znova');
    expect(app.find('h1').text()).toBe('Priimek Ime 1');
    app.unmount();
  });
});

describe('tries that are refused', () => {
  const soon = () => new Date(Date.now() + 600_000).toISOString();

  it('are said with until when, and allowed at once on demand', async () => {
    const until = soon();
    details = detailsOf({ ...registered, limits: [{ what: 'sign-in', until }, { what: 'registration', until }] }); // prettier-ignore
    portal.answer(liftPayerLimits, () => void (details = registered));
    const { app } = await open('clerk');
    expect(app.text()).toMatch(/Prijavo zavračamo do .*Registracijo zavračamo do /s);
    await press('Dovoli takoj');
    expect(portal.asked(liftPayerLimits)).toEqual([asksOfThis]);
    expect(toasts()).toEqual(['Naslednji poskus je dovoljen takoj.']);
    expect(app.text()).toContain('Omejitev zaradi napačnih poskusov ni.');
    expect(document.activeElement?.tagName).toBe('H1');
    app.unmount();
  });

  it('stay refused when that could not be asked for', async () => {
    details = detailsOf({ limits: [{ what: 'registration', until: soon() }] });
    portal.refuse(liftPayerLimits, 'offline');
    const { app } = await open();
    await press('Dovoli takoj');
    expect(app.text()).toContain('Portala ne dosežemo.');
    expect(app.text()).toContain('Registracijo zavračamo do');
    app.unmount();
  });

  it('are no longer shown once their time is over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    details = detailsOf({ limits: [{ what: 'registration', until: soon() }] });
    const { app } = await open();
    details = detailsOf();
    await vi.advanceTimersByTimeAsync(590_000);
    expect(app.text()).toContain('Registracijo zavračamo do');
    await vi.advanceTimersByTimeAsync(12_000);
    expect(app.text()).toContain('Omejitev zaradi napačnih poskusov ni.');
    expect(portal.asked(getPayer)).toHaveLength(2);
    app.unmount();
  });
});

describe('what the office does for the person', () => {
  it('signs the account out after a question', async () => {
    details = registered;
    portal.answer(
      endPayerSession,
      () => void (details = detailsOf({ ...registered, account: { ...account, lastUsedAt: null } })),
    );
    const { app } = await open('clerk');
    await press('Odjavi');
    expect(dialog()?.textContent).toContain('Odjavimo uporabnika?');
    expect(portal.asked(endPayerSession)).toEqual([]);
    await confirm();
    expect(portal.asked(endPayerSession)).toEqual([asksOfThis]);
    expect(app.text()).toContain('Trenutno ni aktivna');
    expect(() => buttonOf('Odjavi')).toThrow();
    app.unmount();
  });

  it('releases the payer once it was said what that means', async () => {
    details = registered;
    portal.answer(releasePayer, () => void (details = detailsOf()));
    const { app } = await open('clerk');
    await press('Sprosti plačnika');
    const said = dialog()!.textContent ?? '';
    expect(said).toContain('Ana Novak (ana@primer.si) izgubi dostop do razdelilnikov');
    expect(said).toContain('novo geslo z razdelilnika');
    expect(said).toContain('Na ana@primer.si pošljemo obvestilo.');
    await confirm();
    expect(portal.asked(releasePayer)).toEqual([asksOfThis]);
    expect(toasts()).toEqual(['Plačnik je sproščen. Za novo registracijo izdajte geslo.']);
    expect(app.text()).toContain('S tem plačnikom se še nihče ni registriral.');
    app.unmount();
  });

  it('promises no mail to an address that was never confirmed', async () => {
    details = detailsOf({ access: 'registered', account: { ...account, emailConfirmed: false } });
    const { app } = await open();
    await press('Sprosti plačnika');
    expect(dialog()?.textContent).toContain('Obvestila ne pošljemo');
    expect(dialog()?.textContent).not.toContain('pošljemo obvestilo');
    app.unmount();
  });

  it('leaves the question open when the release failed', async () => {
    details = registered;
    portal.refuse(releasePayer, 'offline');
    const { app } = await open();
    await press('Sprosti plačnika');
    await confirm();
    expect(dialog()?.querySelector('[role=alert]')?.textContent).toContain('Portala ne dosežemo.');
    expect(toasts()).toEqual([]);
    app.unmount();
  });
});

describe('a new slip password', () => {
  it('is issued on its own page, with this payer chosen', async () => {
    const { app, router } = await open();
    await press('Izdaj novo geslo');
    await settle();
    expect(router.currentRoute.value.name).toBe('slip-passwords');
    expect([...usePayersStore().selected.keys()]).toEqual([details.id]);
    app.unmount();
  });

  it('takes the place of another selection only when that is confirmed', async () => {
    const { app, router } = await open();
    usePayersStore().select([payerOf(7), payerOf(8)], true);
    await press('Izdaj novo geslo');
    expect(dialog()?.textContent).toContain('V tabeli sta izbrana 2 plačnika.');
    await press('Prekliči');
    expect(usePayersStore().selected.size).toBe(2);
    await press('Izdaj novo geslo');
    await confirm();
    await settle();
    expect(router.currentRoute.value.name).toBe('slip-passwords');
    expect([...usePayersStore().selected.keys()]).toEqual([details.id]);
    app.unmount();
  });

  it('counts on how the payer stands now, also where it was chosen earlier', async () => {
    const { app, router } = await openApp('/office/payers', staffSession('admin'));
    await settle();
    usePayersStore().select([payerOf(1, { access: 'registered' })], true);
    await router.push(`/office/payers/${details.id}`);
    await settle();
    expect([...usePayersStore().selected.values()].map(({ access }) => access)).toEqual(['none']);
    app.unmount();
  });

  it('is for admins to issue: a clerk is told so', async () => {
    const { app } = await open('clerk');
    expect(app.text()).toContain('Geslo izda administrator.');
    expect(() => buttonOf('Izdaj novo geslo')).toThrow();
    app.unmount();
  });

  it('is not offered for who is registered', async () => {
    details = registered;
    const { app } = await open();
    expect(() => buttonOf('Izdaj novo geslo')).toThrow();
    app.unmount();
  });
});

describe("the payer's channel", () => {
  const card = () => [...document.querySelectorAll('section, div')].map(({ textContent }) => textContent).join(' ');
  const request: EInvoice['request'] = {
    ...{ id: idOf(900), channel: 'email', email: 'a@primer.si', iban: null, taxNumber: null, state: 'open' },
    ...{ createdAt: '2026-11-20T09:00:00.000Z', decidedAt: null, reason: null },
  };

  it('is set by hand, with what it needs', async () => {
    portal.answer(setPayerChannel, () =>
      eInvoiceOf({
        channel: 'bizbox',
        history: [{ channel: 'bizbox', changedAt: '2026-11-23T09:00:00.000Z', origin: 'office' }],
      }),
    );
    const { app } = await open('clerk');
    await press('Spremeni kanal');
    document.querySelector<HTMLInputElement>('input[name=channel][value=bizbox]')!.click();
    await flushPromises();
    await send();
    expect(beside('Davčna številka')).toContain('To polje je obvezno.');
    await write('Davčna številka', 'SI12345679');
    await send();
    expect(portal.asked(setPayerChannel)).toEqual([
      {
        params: { id: details.id },
        query: { managerId: idOf(10) },
        body: { channel: 'bizbox', taxNumber: 'SI12345679' },
      },
    ]);
    expect(card()).toContain('vpisala pisarna');
    expect(useToastStore().toasts.map(({ text }) => text)).toContain('Kanal eRačuna je shranjen.');
    app.unmount();
  });

  it('says when the resident waits for a decision', async () => {
    portal.answer(getPayerEInvoice, () => eInvoiceOf({ request }));
    const { app } = await open('clerk');
    expect(card()).toContain('Stanovalec prosi za spremembo');
    app.unmount();
  });
});
