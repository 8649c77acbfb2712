import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { getPayerEInvoice } from '../../../contract/e-invoices.ts';
import { retryMail, type Mail } from '../../../contract/mails.ts';
import {
  getPayer,
  listPayerEvents,
  listPayerMails,
  listPayerSlips,
  revokeSlipPassword,
  updatePayer,
  type PayerDetails,
} from '../../../contract/payers.ts';
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
import { beside, dialog, send, toasts, write } from '../helpers/own-account.ts';

vi.mock('../../../src-renderer/api/client.ts', { spy: true });

const account = {
  ...{ firstName: 'Ana', lastName: 'Novak', email: 'ana@primer.si', emailConfirmed: true },
  ...{ linkedAt: '2026-11-01T10:00:00.000Z', lastUsedAt: null, lostMail: null },
};
const detailsOf = (more: Partial<PayerDetails> = {}): PayerDetails =>
  payerDetailsOf(1, { access: 'issued', email: 'racuni@primer.si', ...more });
const mailOf = (more: Partial<Mail> = {}): Mail => ({
  ...{
    id: idOf(700),
    payerId: null,
    kind: 'slip-pdf',
    state: 'failed',
    to: 'racuni@primer.si',
    subject: 'Razdelilnik',
  },
  ...{ createdAt: new Date(Date.now() - 3_600_000).toISOString(), sentAt: null },
  ...{ failedAt: new Date().toISOString(), tries: 5, lastError: '550 5.1.1 User unknown' },
  ...more,
});
const eInvoice = {
  ...{ payerId: payerOf(1).id, payerCode: '104201', payerName: 'Priimek Ime 1', managerId: idOf(10) },
  ...{ managerName: 'Upravnik 1', channel: 'none', email: null, request: null, history: [] },
};
const slip = {
  ...{ id: idOf(800), runId: idOf(801), number: '2026-10-1', period: '2026-10', state: 'published' },
  ...{ dueDate: '2026-11-20', totalCents: 8432, firstOpenedAt: '2026-11-06T09:00:00.000Z' },
};
const none = { items: [], nextCursor: null };

let portal: ReturnType<typeof answerOperations>;
let details: PayerDetails;

beforeEach(() => {
  stubDesktop();
  stubLayout();
  portal = answerOperations();
  details = detailsOf();
  portal.answer(getPayer, () => details);
  portal.answer(getPayerEInvoice, () => eInvoice);
  portal.answer(listPayerSlips, () => none);
  portal.answer(listPayerMails, () => none);
  portal.answer(listPayerEvents, () => none);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

async function settle(): Promise<void> {
  await vi.dynamicImportSettled();
  await flushPromises();
}

async function open() {
  const opened = await openApp(`/office/payers/${details.id}`, staffSession('admin'));
  await settle();
  return opened;
}

const ofThis = { params: { id: idOf(1001) }, query: { managerId: idOf(10) } };
const confirm = async () => {
  [...dialog()!.querySelectorAll('button')].at(-1)!.click();
  await flushPromises();
};

describe("a payer's slips", () => {
  it('say how they stand, and open as the resident sees them', async () => {
    const draft = {
      ...slip,
      id: idOf(802),
      period: '2026-11',
      number: '2026-11-1',
      state: 'draft',
      firstOpenedAt: null,
    };
    portal.answer(listPayerSlips, () => ({ items: [draft, slip], nextCursor: null }));
    const { app, router } = await open();
    const rows = app.findAll('tbody tr.row').map((row) => row.text().replace(/\s+/g, ' '));
    expect(rows[0]).toMatch(/november 2026.*2026-11-1.*osnutek.*84,32/);
    expect(rows[1]).toMatch(/oktober 2026.*2026-10-1.*odprt.*6\. 11\. 2026.*84,32/);
    const href = router.resolve({ name: 'slip-as-resident', params: { id: slip.id } }).href;
    expect(app.findAll('tbody a').map((link) => link.attributes('href'))).toContain(href);
    app.unmount();
  });

  it('that are none say where they come from', async () => {
    const { app } = await open();
    expect(app.text()).toContain('Pridejo s prvo datoteko z obračunom');
    app.unmount();
  });

  it('that did not come can be asked for again, and hide nothing else', async () => {
    portal.refuse(listPayerSlips, 'offline');
    const { app } = await open();
    portal.answer(listPayerSlips, () => ({ items: [slip], nextCursor: null }));
    await press('Poskusi znova');
    expect(app.text()).toContain('oktober 2026');
    app.unmount();
  });
});

describe('mails to the payer', () => {
  it('are tried again, and how the mail stands is shown at once', async () => {
    portal.answer(listPayerMails, () => ({ items: [mailOf({ to: 'ana@primer.si' })], nextCursor: null }));
    portal.answer(retryMail, () => {
      portal.answer(listPayerMails, () => ({
        items: [mailOf({ state: 'waiting', lastError: null })],
        nextCursor: null,
      }));
      return mailOf({ state: 'waiting', lastError: null });
    });
    const { app } = await open();
    expect(app.text()).toContain('Tega e-naslova ni.');
    await press('Pošlji znova');
    expect(portal.asked(retryMail)).toEqual([{ params: { id: idOf(700) } }]);
    expect(toasts()).toEqual(['Sporočilo je znova na poti: ana@primer.si']);
    expect(() => buttonOf('Pošlji znova')).toThrow();
    app.unmount();
  });

  it('stay as they are when that is refused', async () => {
    portal.answer(listPayerMails, () => ({ items: [mailOf()], nextCursor: null }));
    portal.refuse(retryMail, 'offline');
    const { app } = await open();
    await press('Pošlji znova');
    expect(toasts().join()).toContain('Portala ne dosežemo.');
    expect(buttonOf('Pošlji znova')).toBeTruthy();
    app.unmount();
  });

  it('that did not arrive at the address for bills lead to its correction', async () => {
    portal.answer(listPayerMails, () => ({ items: [mailOf()], nextCursor: null }));
    portal.answer(updatePayer, () => (details = detailsOf({ email: 'prav@primer.si' })));
    const { app } = await open();
    expect(app.text()).toContain('Sporočilo na racuni@primer.si ni prispelo');
    await press('Popravi e-naslov');
    expect(document.querySelector('[role=dialog] input')).toMatchObject({ type: 'email' });
    await write('E-naslov za račune', 'prav@primer.si');
    await send();
    expect(portal.asked(updatePayer)).toEqual([{ ...ofThis, body: { email: 'prav@primer.si' } }]);
    expect(app.text()).not.toContain('Sporočilo na racuni@primer.si ni prispelo');
    app.unmount();
  });

  it('that arrived later are no reason for a warning', async () => {
    const sent = mailOf({ id: idOf(701), state: 'sent', sentAt: new Date().toISOString(), lastError: null });
    portal.answer(listPayerMails, () => ({ items: [sent, mailOf()], nextCursor: null }));
    const { app } = await open();
    expect(app.text()).not.toContain('ni prispelo');
    app.unmount();
  });

  it("that did not arrive at the account's address say that only the person can change it", async () => {
    const lostMail = { createdAt: '2026-11-22T09:00:00.000Z', error: '550 5.1.1 User unknown' };
    details = detailsOf({ access: 'registered', email: account.email, account: { ...account, lostMail } });
    portal.answer(listPayerMails, () => ({ items: [mailOf({ to: account.email })], nextCursor: null }));
    const { app } = await open();
    expect(app.text()).toMatch(/Popravi ga lahko le sama v svojem profilu\..*sprostite plačnika in izdajte novo geslo/);
    expect(() => buttonOf('Popravi e-naslov')).toThrow();
    app.unmount();
  });
});

describe('what happened', () => {
  it('stands in sentences, with who did it', async () => {
    portal.answer(listPayerEvents, () => ({
      items: [
        { at: '2026-11-22T09:00:00.000Z', action: 'payer.changed', by: 'Petra Pisar' },
        { at: '2026-11-20T09:00:00.000Z', action: 'registration.completed', by: null },
      ],
      nextCursor: null,
    }));
    const { app } = await open();
    const steps = app.findAll('ol li').map((step) => step.text());
    expect(steps[0]).toMatch(/^Podatki plačnika so bili popravljeni\..*22\. 11\. 2026.*Petra Pisar$/s);
    expect(steps[1]).toMatch(/^Plačnik se je registriral\..*20\. 11\. 2026, \d\d:\d\d$/s);
    app.unmount();
  });

  it('goes on with the next page', async () => {
    portal.answer(listPayerEvents, ({ query }) =>
      query?.cursor
        ? { items: [{ at: '2026-10-01T09:00:00.000Z', action: 'slip_passwords.issued', by: null }], nextCursor: null }
        : { items: [{ at: '2026-11-22T09:00:00.000Z', action: 'payer.linked', by: null }], nextCursor: 'next' },
    );
    const { app } = await open();
    await press('Prikaži več');
    expect(app.findAll('ol li').map((step) => step.find('span').text())).toEqual([
      'Plačnik je bil dodan uporabniku.',
      'Izdana so bila gesla z razdelilnika.',
    ]);
    app.unmount();
  });
});

describe('the data of a payer', () => {
  it('are corrected: only what changed is sent, and what was erased is none', async () => {
    portal.answer(updatePayer, () => (details = detailsOf({ name: 'Novak Ana', email: null })));
    const { app } = await open();
    await press('Popravi podatke');
    expect(dialog()?.textContent).toContain('Naslednja datoteka z obračunom lahko te podatke spet spremeni.');
    await write('Ime in priimek ali naziv', 'Novak Ana');
    await write('E-naslov za račune', '');
    await send();
    expect(portal.asked(updatePayer)).toEqual([{ ...ofThis, body: { name: 'Novak Ana', email: null } }]);
    expect(app.find('h1').text()).toBe('Novak Ana');
    expect(toasts()).toEqual(['Podatki plačnika so shranjeni.']);
    expect(portal.asked(listPayerEvents).length).toBe(2);
    app.unmount();
  });

  it('say beside the field what is wrong, here and at the portal', async () => {
    const { app } = await open();
    await press('Popravi podatke');
    await write('Ime in priimek ali naziv', ' ');
    await write('E-naslov za račune', 'ni naslov');
    await write('Davčna številka', '123');
    await send();
    expect(portal.asked(updatePayer)).toEqual([]);
    expect(beside('Ime in priimek ali naziv')).toContain('To polje je obvezno.');
    expect(beside('E-naslov za račune')).toContain('Vpišite celoten e-naslov');
    expect(beside('Davčna številka')).toContain('Davčna številka ima osem številk');
    await write('Ime in priimek ali naziv', 'Novak Ana');
    await write('E-naslov za račune', 'a@primer.si');
    await write('Davčna številka', '12345679');
    portal.refuse(updatePayer, 'invalid_request', { fields: [{ path: 'taxNumber', rule: 'tax_number' }] });
    await send();
    expect(beside('Davčna številka')).toContain('Davčna številka ima osem številk');
    expect(dialog()).not.toBeNull();
    app.unmount();
  });

  it('stay when nothing was changed, and when the portal was not reached', async () => {
    portal.refuse(updatePayer, 'offline');
    const { app } = await open();
    await press('Popravi podatke');
    await send();
    expect(portal.asked(updatePayer)).toEqual([]);
    expect(dialog()).toBeNull();
    await press('Popravi podatke');
    await write('Ulica in številka', 'Dunajska 1');
    await send();
    expect(dialog()?.textContent).toContain('Portala ne dosežemo.');
    app.unmount();
  });
});

describe('a slip password', () => {
  const given = {
    ...{ issuedAt: '2026-11-01T09:00:00.000Z', expiresAt: '2027-02-01T09:00:00.000Z', usedAt: null, revokedAt: null },
  };

  it.each([
    ['issued', given, /Izdano 1\. 11\. 2026.*velja do 1\. 2\. 2027/],
    ['expired', given, /veljalo do 1\. 2\. 2027/],
    ['none', { ...given, revokedAt: '2026-11-05T09:00:00.000Z' }, /preklicano 5\. 11\. 2026/],
    ['none', { ...given, usedAt: '2026-11-06T09:00:00.000Z' }, /uporabljeno 6\. 11\. 2026/],
  ] as const)('says since when and until when it is: %s', async (access, slipPassword, said) => {
    details = detailsOf({ access, slipPassword });
    const { app } = await open();
    expect(app.text()).toMatch(said);
    app.unmount();
  });

  it('stands beside the units and what they are', async () => {
    details = detailsOf({ premises: [{ building: 'Čopova ulica 8', unit: '14', kind: 'garage' }] });
    const { app } = await open();
    expect(app.text()).toMatch(/Čopova ulica 8, 14\s+garaža/);
    app.unmount();
  });

  it('is revoked after a question', async () => {
    portal.answer(revokeSlipPassword, () => void (details = detailsOf({ access: 'none' })));
    const { app } = await open();
    await press('Prekliči geslo');
    expect(dialog()?.textContent).toContain('Za registracijo bo potrebno novo geslo.');
    expect(portal.asked(revokeSlipPassword)).toEqual([]);
    await confirm();
    expect(portal.asked(revokeSlipPassword)).toEqual([ofThis]);
    expect(toasts()).toEqual(['Geslo z razdelilnika je preklicano.']);
    expect(() => buttonOf('Prekliči geslo')).toThrow();
    app.unmount();
  });

  it('that does not hold anyway is not offered to be revoked', async () => {
    details = detailsOf({ access: 'expired' });
    const { app } = await open();
    expect(() => buttonOf('Prekliči geslo')).toThrow();
    app.unmount();
  });
});
