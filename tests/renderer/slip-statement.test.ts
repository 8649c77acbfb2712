import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Slip } from '../../contract/slips.ts';
import SlipPage from '../../src-renderer/modules/slips/SlipPage.vue';
import { makeItem, makeOrder, makeSlip, makeUnit } from '../helpers/slip-data.ts';
import { openPage, until } from './helpers/page.ts';
import { startFakePortal } from './helpers/portal.ts';
import type { FakePortal } from './helpers/portal.ts';

/** What a slip says besides its items and orders. */
const slipOf = (given: Partial<Slip> = {}): Slip => makeSlip([makeUnit([makeItem(1)])], [makeOrder()], given);

let portal: FakePortal;
beforeEach(async () => {
  portal = await startFakePortal();
});
afterEach(() => portal.close());

/** The page of an answer, whatever fields that has. */
async function open(answer: Readonly<Record<string, unknown>> & { readonly id: string }): Promise<VueWrapper> {
  portal.answer(`GET /slips/${answer.id}`, answer, { 'iiportal-as-of': '2026-11-20T10:00:00.000Z' });
  const { page } = await openPage(SlipPage, {}, { id: answer.id });
  await until(() => page.find('.unit').exists());
  return page;
}

/** The cells of the table under a heading, row by row. */
const rowsUnder = (page: VueWrapper, heading: string): string[][] => {
  const card = page.findAll('.card').find((one) => one.find('h2').exists() && one.get('h2').text() === heading);
  const rows = card?.findAll('tr') ?? [];
  return rows.map((row) => row.findAll('th, td').map((cell) => cell.text().replaceAll('\u00a0', ' ')));
};

const headings = (page: VueWrapper): string[] => page.findAll('h2').map((heading) => heading.text());

describe('a slip', () => {
  it('shows what the manager says, in its words', async () => {
    const page = await open(slipOf({ notes: ['Uradne ure so ob torkih.', '<b>Vodo</b> bomo zaprli.'] }));
    const card = page.findAll('.card').find((one) => one.text().startsWith('Obvestila upravnika'));
    expect(card?.findAll('p').map((note) => note.text())).toEqual([
      'Uradne ure so ob torkih.',
      '<b>Vodo</b> bomo zaprli.',
    ]);
  });

  it('shows what was still unpaid, with its sum where there are several', async () => {
    const page = await open(
      slipOf({
        openItems: [
          { description: 'Razdelilnik 9/2026', dueDate: '2026-10-31', amountCents: 4510 },
          { description: 'Zamudne obresti', dueDate: null, amountCents: 15 },
        ],
      }),
    );
    expect(rowsUnder(page, 'Odprte postavke iz prejšnjih obdobij')).toEqual([
      ['Opis', 'Zapadlo', 'Znesek'],
      ['Razdelilnik 9/2026', '31. 10. 2026', '45,10 €'],
      ['Zamudne obresti', '–', '0,15 €'],
      ['Skupaj odprto', '45,25 €'],
    ]);
    expect(page.text()).toContain('Če ste medtem že plačali, vam ni treba storiti ničesar.');
  });

  it('shows the funds, and how they came about as far as the manager says it', async () => {
    const balance = { openingCents: null, paidInCents: null, spentCents: null, balanceCents: -14_950 };
    const moved = { building: 'Čopova ulica 8', openingCents: 100_000, paidInCents: 25_050, spentCents: null };
    const page = await open(
      slipOf({
        funds: [
          { ...moved, balanceCents: 125_050 },
          { building: 'Šmartinska cesta 152', ...balance },
        ],
      }),
    );
    expect(rowsUnder(page, 'Rezervni sklad, oktober 2026')).toEqual([
      ['Stavba', 'Začetno stanje', 'Vplačila', 'Končno stanje'],
      ['Čopova ulica 8', '1.000,00 €', '250,50 €', '1.250,50 €'],
      ['Šmartinska cesta 152', '–', '–', '−149,50 €'],
    ]);
  });

  it('says nothing of what it does not have', async () => {
    const page = await open(slipOf());
    expect(headings(page).join()).not.toMatch(/sporoča|Odprto|sklad/);
  });

  it('that was kept before slips had these fields is read all the same', async () => {
    const { funds, openItems, notes, manager, ...old } = slipOf();
    expect([funds, openItems, notes]).toEqual([[], [], []]);
    const { taxNumber, ...known } = manager;
    expect(taxNumber).toBeDefined();
    const page = await open({ ...old, manager: known });
    expect(page.text()).toContain('Skupaj za plačilo');
  });
});
