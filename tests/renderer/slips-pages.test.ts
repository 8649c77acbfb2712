import { flushPromises } from '@vue/test-utils';
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Slip, SlipSummary } from '../../contract/slips.ts';
import { useSessionStore } from '../../src-renderer/modules/session/use-session-store.ts';
import HomePage from '../../src-renderer/modules/slips/HomePage.vue';
import SlipsPage from '../../src-renderer/modules/slips/SlipsPage.vue';
import SlipPage from '../../src-renderer/modules/slips/SlipPage.vue';
import { newestOfEach, slipBefore } from '../../src-renderer/modules/slips/use-slips.ts';
import { openPage, until } from './helpers/page.ts';
import { idOf, manager, resident, summary } from './helpers/people.ts';
import { startFakePortal } from './helpers/portal.ts';
import type { FakePortal } from './helpers/portal.ts';

const far = '2099-12-31';

const slipOf = (listed: SlipSummary, given: Partial<Slip> = {}): Slip => ({
  ...listed,
  manager: { ...manager, taxNumber: null },
  payer: { code: '104217', name: 'Ana Priimek', street: 'Šmartinska cesta 152', town: '1000 Ljubljana' },
  channel: 'email',
  units: [],
  vat: [],
  ...{ funds: [], openItems: [], notes: [] },
  paymentOrders: [
    {
      recipientName: manager.name,
      recipientStreet: manager.street,
      recipientTown: manager.town,
      iban: 'SI56990000012345646',
      reference: 'SI121042172026106',
      purposeCode: 'COST',
      purpose: 'Razdelilnik oktober 2026',
      amountCents: listed.totalCents,
      dueDate: listed.dueDate,
      qrPath: 'M0 0h7v7h-7z',
    },
  ],
  ...given,
});

let portal: FakePortal;
beforeEach(async () => {
  portal = await startFakePortal();
});
afterEach(() => portal.close());

async function openHome(slips: SlipSummary[], details: Slip[] = []) {
  portal.answer('GET /slips', { items: slips, nextCursor: null });
  for (const slip of details) portal.answer(`GET /slips/${slip.id}`, slip);
  const opened = await openPage(HomePage);
  useSessionStore().begin(resident);
  await flushPromises();
  return opened;
}

describe('the first screen of a resident', () => {
  it('says how much, by when, to whom and how', async () => {
    const newest = summary(2, { period: '2099-11', dueDate: far, totalCents: 9000 });
    const { page } = await openHome([newest, summary(1, { period: '2099-10' })], [slipOf(newest)]);
    await until(() => page.find('svg.qr').exists());
    expect(page.text()).toContain('90,00\u00a0€');
    expect(page.text()).toContain('Za plačilo do četrtka, 31. 12. 2099');
    expect(page.text()).toContain('5,68\u00a0€ več kot za oktober 2099');
    expect(page.text()).toContain('SI56 9900 0001 2345 646');
    expect(page.text()).toContain('SI12 1042172026106');
    expect(page.find('svg.qr').attributes('aria-label')).toContain(manager.name);
  });

  it('copies what a bank takes, not what is grouped for the eye', async () => {
    const writeText = vi.fn().mockResolvedValue(undefined);
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    const newest = summary(1, { totalCents: 123456 });
    const { page } = await openHome([newest], [slipOf(newest)]);
    await until(() => page.find('svg.qr').exists());
    for (const label of ['IBAN', 'Sklic', 'Znesek'])
      await page.get(`[aria-label="Kopiraj: ${label}"]`).trigger('click');
    await flushPromises();
    expect(writeText.mock.calls).toEqual([['SI56990000012345646'], ['SI121042172026106'], ['1234,56']]);
    expect(page.get('[aria-label="Kopiraj: IBAN"]').text()).toContain('Kopirano');
    vi.unstubAllGlobals();
  });

  it('only says that a date has gone by: payments are not known here', async () => {
    const newest = summary(1, { dueDate: '2026-10-20' });
    const { page } = await openHome([newest], [slipOf(newest)]);
    await until(() => page.text().includes('Rok plačila je bil torek, 20. 10. 2026'));
    expect(page.text()).not.toMatch(/plačan|zamud/i);
  });

  it('says how to subscribe where there is no e-invoice channel', async () => {
    const newest = summary(1);
    const bare = slipOf(newest, { channel: 'none' });
    const orders = bare.paymentOrders.map((order) => ({ ...order, qrPath: null }));
    const { page } = await openHome([newest], [{ ...bare, paymentOrders: orders }]);
    await until(() => page.text().includes('Želite kodo QR in PDF?'));
    expect(page.text()).toContain(manager.phone);
    expect(page.find('svg.qr').exists()).toBe(false);
    expect(page.text()).not.toContain('Shrani PDF');
  });

  it('says what each of several orders is for, and how much it is', async () => {
    const newest = summary(1, { dueDate: far, totalCents: 9000 });
    const [order] = slipOf(newest).paymentOrders;
    const orders = [
      { ...order!, amountCents: 8000 },
      { ...order!, amountCents: 1000, purpose: 'Rezervni sklad' },
    ];
    const { page } = await openHome([newest], [slipOf(newest, { paymentOrders: orders })]);
    await until(() => page.findAll('svg.qr').length === 2);
    const listed = page.findAll('ol li').map((line) => line.text().replaceAll('\u00a0', ' '));
    expect(page.text()).toContain('Plačate 2 naloga:');
    expect(listed).toEqual(['Razdelilnik oktober 202680,00 €', 'Rezervni sklad10,00 €']);
  });

  it('offers nothing to copy into a bank where nothing is to be paid', async () => {
    const newest = summary(1, { dueDate: far, totalCents: -1200 });
    const slip = slipOf(newest);
    const orders = slip.paymentOrders.map((order) => ({ ...order, qrPath: null }));
    const { page } = await openHome([newest], [{ ...slip, paymentOrders: orders }]);
    await until(() => page.text().includes('Po tem nalogu vam ni treba plačati ničesar.'));
    expect(page.text()).toContain('Ni za plačilo');
    expect(page.find('[aria-label="Kopiraj: IBAN"]').exists()).toBe(false);
    expect(page.text()).not.toContain('Želite kodo QR');
  });

  it('lists the newest slips of who has many payers, by name, and asks for none of them', async () => {
    const payers = [1, 2, 3, 4].map((number) => ({
      ...resident.payers[0]!,
      id: idOf(100 + number),
      code: `A${number}`,
      name: `Plačnik ${number}`,
    }));
    const slips = payers.map(({ id, code }, index) =>
      summary(index, { payerId: id, payerCode: code, totalCents: index * 1000 }),
    );
    portal.answer('GET /slips', { items: slips, nextCursor: null });
    const { page } = await openPage(HomePage);
    useSessionStore().begin({ ...resident, payers });
    await until(() => page.text().includes('Najnovejši razdelilniki'));
    const lines = page.findAll('main li, li').map((line) => line.text());
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain('Plačnik 1');
    expect(lines[0]).toContain('ni za plačilo');
    expect(lines[3]).toContain('šifra plačnika A4 · rok 20. 11. 2026');
    expect(portal.requests.filter(({ address }) => address.startsWith('GET /slips/'))).toEqual([]);
  });

  it('names the cause where there is nothing yet', async () => {
    const { page } = await openHome([]);
    await until(() => page.text().includes('Razdelilnika še ni'));
  });

  it('can be asked again after a failure', async () => {
    portal.refuse('GET /slips', 'offline');
    const { page } = await openPage(HomePage);
    await until(() => page.text().includes('Ni povezave s portalom'));
    portal.answer('GET /slips', { items: [], nextCursor: null });
    await page.findAll('button')[0]?.trigger('click');
    await until(() => page.text().includes('Razdelilnika še ni'));
  });
});

describe('the choice of whose slips are shown', () => {
  const second = {
    ...resident.payers[0]!,
    id: idOf(101),
    code: '208',
    managerId: idOf(2),
    managerName: 'Drugi d.o.o.',
  };
  const press = async (page: VueWrapper, text: string) => {
    await page
      .findAll('[aria-pressed]')
      .find((button) => button.text().includes(text))!
      .trigger('click');
  };

  it('is there for who has several payers, and asks for the slips of the chosen one', async () => {
    portal.answer('GET /slips', { items: [summary(1)], nextCursor: null });
    portal.answer('GET /slip-years', { items: [{ year: 2026, slips: 1 }] });
    const listed = () => portal.requests.filter(({ address }) => address.startsWith('GET /slips'));
    const { page } = await openPage(SlipsPage, { documents: { onSlipYearProgress: () => () => undefined } });
    useSessionStore().begin({ ...resident, payers: [...resident.payers, second] });
    await until(() => page.findAll('[aria-pressed]').length === 3);
    await press(page, 'Drugi d.o.o.');
    await until(() => listed().length === 2);
    expect(listed().map(({ address }) => new URLSearchParams(address.split('?')[1]).get('payerId'))).toEqual([
      null,
      second.id,
    ]);
    await press(page, 'Vsi skupaj');
    await until(() => listed().length === 3);
    expect(page.get('[aria-pressed=true]').text()).toContain('2 plačnika');
  });

  it('is not there for who has one', async () => {
    const { page } = await openHome([summary(1)]);
    await until(() => portal.requests.length > 0);
    expect(page.find('[role=group]').exists()).toBe(false);
  });
});

describe('a slip', () => {
  it('names a unit as people do, once', async () => {
    const unit = { building: 'Čopova ulica 8', kind: 'garage', areaM2: '12.5', persons: null, items: [] } as const;
    const units = [
      { ...unit, unit: '7', subtotalCents: 100 },
      { ...unit, unit: 'Garažni boks 7', subtotalCents: 100 },
    ];
    const slip = slipOf(summary(1), { units: units.map((one) => ({ ...one, items: [] })) });
    portal.answer(`GET /slips/${slip.id}`, slip);
    const { page } = await openPage(SlipPage, {}, { id: slip.id });
    await until(() => page.findAll('.unit').length === 2);
    const heads = page.findAll('.unit').map((head) => [head.get('h2').text(), head.get('p').text()]);
    expect(heads).toEqual([
      ['garaža 7, Čopova ulica 8', '12,5 m²'],
      ['Garažni boks 7, Čopova ulica 8', 'garaža · 12,5 m²'],
    ]);
  });

  it('is found as the newest of its payer, and so is the one before', () => {
    const other = { payerId: idOf(7) };
    const slips = [
      summary(4, { period: '2026-11' }),
      summary(3, { period: '2026-10', ...other }),
      summary(2, { period: '2026-10' }),
      summary(1, { period: '2026-09', ...other }),
    ];
    expect(newestOfEach(slips).map((slip) => slip.number)).toEqual(['2026-4', '2026-3']);
    expect(slipBefore(slips, slips[0]!)?.number).toBe('2026-2');
    expect(slipBefore(slips, slips[3]!)).toBeUndefined();
  });
});
