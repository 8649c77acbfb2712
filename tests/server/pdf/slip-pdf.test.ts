import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUpnStrictly } from '../../../server/payments/upn-qr.ts';
import type { Slip } from '../../../contract/slips.ts';
import type { SlipDocument } from '../../../server/pdf/slip-document.ts';
import { slipPdf } from '../../../server/pdf/slip-pdf.ts';
import { arbitrarySlip } from '../../helpers/arbitrary-slips.ts';
import { pdfInfo, pdfPages, pdfPicture, pdfStructure, pdfText, pdfWords, type Word } from '../../helpers/read-pdf.ts';
import { pdfAlternatives, readDrawings } from '../../helpers/read-operators.ts';
import { readSymbols } from '../../helpers/read-symbol.ts';
import { documentOf, makeItem, makeOrder, makeSlip, makeUnit, manager } from '../../helpers/slip-data.ts';

const pdfOf = (slip: Slip, given: Partial<SlipDocument> = {}): Buffer => slipPdf(documentOf(slip, given));

const items = (count: number) => Array.from({ length: count }, (_, index) => makeItem(index));

const usual = makeSlip(
  [makeUnit(items(11)), makeUnit(items(4), { unit: '7', kind: 'garage', areaM2: '12.50', persons: null })],
  [
    makeOrder({ amountCents: 123_456 }),
    makeOrder({ reference: 'RF18539007547034', purpose: 'Rezervni sklad, oktober', amountCents: 3_120 }),
  ],
);

/** As long as the tables of the database let them be; the last word has no blank to break at. */
const long = (characters: number): string =>
  `Čebelarska zadruga ${'Škrnjuščevskopodjetje'.repeat(20)}`.slice(0, characters);

const longest = makeSlip(
  [
    makeUnit(
      [
        makeItem(0, {
          description: long(200),
          supplier: long(200),
          allocationKey: long(100),
          measure: 'kilovatnih ur enote',
        }),
        makeItem(1, { buildingTotalCents: 99_999_999_999, baseCents: 99_999_999_999, vatCents: 99_999_999_999 }),
        makeItem(2, { quantity: '123456789012.123456', price: '123456789012.123456', amountCents: -99_999_999_999 }),
      ],
      { building: long(200), unit: long(100) },
    ),
  ],
  [
    makeOrder({
      recipientName: long(200),
      recipientStreet: long(200),
      recipientTown: long(200),
      purpose: long(100),
      iban: 'MT84MALT011000012345MTLCAST001S',
    }),
  ],
  {
    number: 'Č'.repeat(50),
    payer: { code: '9'.repeat(20), name: long(200), street: long(200), town: long(200) },
    manager: { ...manager, name: long(200), street: long(200), town: long(200), email: `${'č'.repeat(240)}@primer.si` },
  },
);

// Reading symbols off whole pages takes seconds where others work beside us.

const a4 = { width: 595.28, height: 841.89 };
const formTop = (198 / 25.4) * 72;

/** Pairs of words that lie on each other by more than the rounding of their boxes. */
const overlaps = (words: readonly Word[]): string[] =>
  words.flatMap((one, index) =>
    words
      .slice(index + 1)
      .filter((other) => other.page === one.page)
      .filter((other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0.5)
      // Boxes are as high as the font's highest accent: lines that touch share a little of it.
      .filter((other) => {
        const shared = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        return shared > 0.3 * Math.min(one.bottom - one.top, other.bottom - other.top);
      })
      .map((other) => `${one.text} / ${other.text}`),
  );

describe('the slip as a PDF', () => {
  it('says who, to whom, what for, by when and how much, in text that can be searched', () => {
    const text = pdfText(pdfOf(usual));
    for (const part of [
      ...['Upravnik Vzorec d.o.o.', 'ID za DDV: SI12345678', 'Žiga Ščuka', 'Šmartinska cesta 152', '2026-10-000123'],
      ...[
        'oktober 2026',
        '5. 11. 2026',
        'do 20. 11. 2026',
        '104217',
        'Stanovanje 12, Šmartinska cesta 152',
        'Garaža 7',
      ],
      ...['62,40 m²', 'Električna energija skupnih delov', 'Elektrika Zgled d.o.o.', 'po delilnikih toplote'],
      ...['Skupaj Stanovanje 12', 'Plačilni nalog 1 od 2', '1.234,56 €', 'SI56 0201 7001 4356 205'],
      ...['SI12 1042172026067', 'RF18 5390 0754 7034', 'Rezervni sklad, oktober', 'Stran 2 od 3'],
    ])
      expect(text).toContain(part);
  });

  it('puts an item, its supplier and all of its numbers on one row', () => {
    const [first = ''] = pdfPages(pdfOf(usual));
    expect(first).toMatch(/Čiščenje skupnih prostorov +1\.234,56 +po številu oseb +12,50 +0,3456 +5,12 +1,13 +6,25\n/);
    expect(first).toMatch(/Čistilni servis Žarek d\.o\.o\. +oseba +9,5 %\n/);
  });

  it("adds up by unit, by rate and in all; of a single unit the sum is the slip's", () => {
    const text = pdfPages(pdfOf(usual)).join('\n');
    expect(text).toMatch(/Skupaj Stanovanje 12 +160,64/);
    expect(text).toMatch(/Skupaj Garaža 7 +35,02/);
    expect(text).toMatch(/22 % +234,56 +51,60/);
    expect(text).toMatch(/Skupaj +195,66 €/);
    const single = makeSlip([makeUnit(items(3))], [makeOrder()]);
    expect(pdfText(pdfOf(single))).not.toContain('Skupaj Stanovanje 12');
    expect(pdfText(pdfOf({ ...single, totalCents: 1 }))).toContain('Skupaj Stanovanje 12');
  });

  it('carries for each order a form whose code banks can read and that says the same', async () => {
    const pdf = pdfOf(usual);
    const symbols = [...(await readSymbols(pdfPicture(pdf, 2, 220))), ...(await readSymbols(pdfPicture(pdf, 3, 220)))];
    expect(symbols).toHaveLength(2);
    for (const symbol of symbols)
      expect(symbol).toMatchObject({ version: '15', level: 'M', eci: '000004', segments: ['byte'] });
    const read = symbols
      .map(({ text }) => parseUpnStrictly(text))
      .map((result) => (result.ok ? result.fields : undefined));
    const common = {
      ...{ payerName: 'Žiga Ščuka', payerStreet: 'Šmartinska cesta 152', payerTown: '1000 Ljubljana' },
      ...{ dueDate: '20.11.2026', iban: 'SI56020170014356205', purposeCode: 'COST' },
      ...{ name: 'Upravnik Vzorec d.o.o.', street: 'Vzorčna ulica 1', town: '1000 Ljubljana' },
      ...{ payerIban: '', deposit: '', withdrawal: '', payerReference: '', paymentDate: '', urgent: '' },
    };
    const main = { amount: '00000123456', reference: 'SI121042172026067', purpose: 'Razdelilnik 10/2026' };
    const fund = { amount: '00000003120', reference: 'RF18539007547034', purpose: 'Rezervni sklad, oktober' };
    // In the order of the orders.
    expect(read).toEqual([
      expect.objectContaining({ ...common, ...main }),
      expect.objectContaining({ ...common, ...fund }),
    ]);
  });

  it('repeats the heads and numbers the pages when it goes on', () => {
    const pages = pdfPages(pdfOf(makeSlip([makeUnit(items(200))], [makeOrder()])));
    expect(pages.length).toBeGreaterThan(7);
    pages.forEach((page, index) => {
      expect(page).toContain(`Stran ${index + 1} od ${pages.length}`);
      expect(page.includes('(nadaljevanje)')).toBe(index > 0 && page.includes('Ključ delitve'));
    });
    for (const page of pages.slice(0, -1)) expect(page).toMatch(/Postavka in dobavitelj +Znesek stavbe +Ključ delitve/);
    const suppliers = /Komunala|Elektrika Zgled|Toplarna|Žarek|Zavarovalnica|Škrlj|Upravnik Vzorec d\.o\.o\. +enota/g;
    expect(pages.join('').match(suppliers)).toHaveLength(200);
  });

  it.each([
    [1, 'Za plačilo 62,70 €'],
    [2, 'Za plačilo, 2 plačilna naloga skupaj'],
    [4, 'Za plačilo, 4 plačilni nalogi skupaj'],
    [5, 'Za plačilo, 5 plačilnih nalogov skupaj'],
  ])('says beside the sum that it takes %d orders to pay it', (count, expected) => {
    const orders = Array.from({ length: count }, () => makeOrder());
    const slip = makeSlip([makeUnit(items(3))], [...orders, makeOrder({ amountCents: 0 })], { totalCents: 6_270 });
    expect(pdfText(pdfOf(slip))).toContain(expected);
  });

  const counts = Array.from({ length: 18 }, (_, index) => index + 1);

  it.each(counts.flatMap((count) => [[count, (count % 4) + 1] as const]))(
    'ends above its forms, each at the bottom of a page of its own (%d items, %d orders)',
    (count, orders) => {
      const given = Array.from({ length: orders }, (_, index) =>
        makeOrder({ amountCents: 1_000 + index, purpose: `Namen ${index + 1}` }),
      );
      const pdf = pdfOf(makeSlip([makeUnit(items(count))], given, { notes: ['Opomba.'] }));
      const words = pdfWords(pdf);
      const pages = pdfPages(pdf);
      const receipts = words.filter(({ text }) => text === 'potrdilo');
      expect(receipts.map(({ page }) => page)).toEqual(given.map((_, index) => pages.length - orders + index));
      receipts.forEach(({ page, top }, index) => {
        expect(top).toBeGreaterThan(formTop);
        expect(pages[page]).toContain(`***10,0${index}`);
        const above = words.filter((word) => word.page === page && word.top < formTop);
        expect(Math.max(...above.map(({ bottom }) => bottom))).toBeLessThan(formTop);
        // What each is for stands above it where there are several.
        const heading = above.filter(({ text }) => text === 'nalog');
        expect(heading).toHaveLength(orders > 1 ? 1 : 0);
        if (orders > 1)
          expect(pages[page]).toMatch(new RegExp(`Plačilni nalog ${index + 1} od ${orders} +10,0${index} €`));
      });
      expect(overlaps(words)).toEqual([]);
    },
  );

  it.each([
    ['usual', usual],
    ['longest', longest],
  ])('keeps %s texts on the page and off each other', (_, slip) => {
    const words = pdfWords(pdfOf(slip));
    expect(words.length).toBeGreaterThan(50);
    for (const { left, right, top, bottom } of words.filter((word) => word.bottom < formTop)) {
      expect(Math.min(left, a4.width - right)).toBeGreaterThan(40);
      expect(Math.min(top, a4.height - bottom)).toBeGreaterThan(20);
    }
    expect(overlaps(words)).toEqual([]);
  });

  it('loses nothing of the longest texts', () => {
    const text = pdfText(pdfOf(longest)).replaceAll(' ', '');
    const whole = long(200).replaceAll(' ', '');
    // Manager and payer three times each, building, description and supplier.
    expect(text.split(whole).length - 1).toBeGreaterThanOrEqual(9);
    expect(text).toContain('−999.999.999,99');
    expect(text).toContain('123.456.789.012,123456');
  });

  it.each([
    [-500, 'Znesek je v vaše dobro. Ne plačajte ga.'],
    [0, 'Tega naloga vam ni treba plačati.'],
  ])('says what to do with an order of %d cents instead of a form', async (amountCents, sentence) => {
    const pdf = pdfOf(makeSlip([makeUnit(items(3))], [makeOrder({ amountCents })]));
    expect(pdfText(pdf)).toContain(sentence);
    expect(pdfText(pdf)).not.toContain('UPN QR');
    expect(await readSymbols(pdfPicture(pdf, 1, 200))).toEqual([]);
  });

  it('shows the data of an order that no code can say, to be copied, and no form', () => {
    const order = makeOrder({ purpose: 'Razdelilnik ħ' });
    const text = pdfText(pdfOf({ ...makeSlip([makeUnit(items(3))], []), paymentOrders: [order] }));
    expect(text).toContain('Za ta nalog obrazca s kodo QR ni. Pri plačilu prepišite te podatke.');
    for (const part of ['SI56 0201 7001 4356 205', 'SI12 1042172026067', 'Razdelilnik ħ', '123,45 €'])
      expect(text).toContain(part);
    expect(text).not.toContain('potrdilo');
  });

  it('asks to be printed as large as it is, so that the form has its size', () => {
    const preferences = /\/ViewerPreferences (\d+) 0 R/.exec(pdfOf(usual).toString('latin1'))?.[1];
    const object = new RegExp(`\\n${preferences} 0 obj\\s*<<[^>]*/PrintScaling /None`);
    expect(pdfOf(usual).toString('latin1')).toMatch(object);
  });

  it('is the same bytes for the same slip, tells its title and language, and no clock', () => {
    const [first, second] = [pdfOf(usual), pdfOf(usual)];
    expect(first.equals(second)).toBe(true);
    expect(pdfInfo(first)).toMatchObject({
      Title: 'Razdelilnik 2026-10-000123, oktober\u00a02026',
      Author: 'Upravnik Vzorec d.o.o.',
      'PDF version': '1.7',
      'Page size': '595.28 x 841.89 pts (A4)',
      CreationDate: '2026-11-05T00:00:00Z',
      Tagged: 'yes',
    });
    expect(first.toString('latin1')).toContain('/Lang (sl)');
  });
});

const more = makeSlip([makeUnit(items(5))], [makeOrder()], {
  funds: [
    { building: 'Šmartinska cesta 152', openingCents: 1_234_567, paidInCents: 45_600, spentCents: 12_000, balanceCents: 1_268_167 },
    { building: long(200), openingCents: null, paidInCents: null, spentCents: null, balanceCents: -99_999_999_999 },
  ],
  openItems: [
    { description: 'Razdelilnik 2026-09-000119', dueDate: '2026-10-20', amountCents: 7_822 },
    { description: long(200), dueDate: null, amountCents: -31 },
  ],
  notes: ['Delovni čas pisarne: od 8. do 15. ure.', `Prva vrstica.\nDruga vrstica. ${'Dolgo obvestilo upravnika. '.repeat(30)}`],
}); // prettier-ignore

const registration = {
  portalAddress: 'https://portal.upravnik-vzorec.example',
  slipPassword: 'K7QM3XRT9WVDT',
  expiresAt: new Date('2027-01-31T12:00:00Z'),
  link: `iiportal://register?portal=https%3A%2F%2Fportal.upravnik-vzorec.example&manager=${'0'.repeat(32)}&code=104217`,
};

describe('what else a slip says', () => {
  it('tells the reserve fund, what is open with its sum, and what the manager notes', () => {
    const pages = pdfPages(pdfOf(more)).join('\n');
    expect(pages).toMatch(/Šmartinska cesta 152 +12\.345,67 +456,00 +120,00 +12\.681,67/);
    expect(pages).toMatch(/Razdelilnik 2026-09-000119 +20\. 10\. 2026 +78,22/);
    expect(pages).toMatch(/Skupaj odprto +77,91/);
    const text = pdfText(pdfOf(more));
    expect(text).toContain('niso v znesku tega razdelilnika');
    for (const note of ['Delovni čas pisarne: od 8. do 15. ure.', 'Prva vrstica.']) expect(text).toContain(note);
    expect(text.match(/Dolgo obvestilo upravnika\./g)).toHaveLength(30);
  });

  it('says nothing of what there is not', () => {
    const text = pdfText(pdfOf({ ...usual, vat: [] }));
    for (const part of ['Rezervni sklad stavbe', 'Odprte postavke', 'Obvestila', 'Obračun DDV', 'OSNUTEK'])
      expect(text).not.toContain(part);
  });

  it('tells who has no account how to get one, with a code that opens the registration', async () => {
    const pdf = pdfOf(more, { registration });
    const text = pdfText(pdf);
    for (const part of ['104217', 'K7QM-3XRT-9WVDT', 'portal.upravnik-vzorec.example', 'Geslo velja do 31. 1. 2027'])
      expect(text).toContain(part);
    const pages = pdfPages(pdf);
    const page = pages.findIndex((content) => content.includes('K7QM-3XRT-9WVDT'));
    const symbols = await readSymbols(pdfPicture(pdf, page + 1, 200));
    expect(symbols.map((symbol) => symbol.text)).toContain(registration.link);
  });

  it('marks a draft across every page, below what is written', () => {
    const drawings = readDrawings(pdfOf(more, { isDraft: true }));
    expect(drawings.length).toBeGreaterThan(1);
    for (const { texts } of drawings) expect(texts[0]).toMatchObject({ text: 'OSNUTEK', color: '#e9e5dc' });
    expect(readDrawings(pdfOf(more)).some(({ texts }) => texts.some(({ text }) => text === 'OSNUTEK'))).toBe(false);
  });

  it('has the logo beside the name, in its own proportions, above the window of the envelope', () => {
    const bytes = deflateSync(Buffer.alloc(90 * 20 * 3, 120));
    const pdf = pdfOf(more, { logo: { kind: 'rgb', bytes, width: 90, height: 20 } });
    const { data, width } = pdfPicture(pdf, 1, 72);
    const isGrey = (x: number, y: number): boolean => data[(y * width + x) * 4] === 120;
    // 36 mm wide, a quarter of that high.
    expect([isGrey(58, 41), isGrey(156, 58)]).toEqual([true, true]);
    expect([isGrey(54, 50), isGrey(162, 50), isGrey(100, 66)]).toEqual([false, false, false]);
    const name = pdfWords(pdf).find(({ text }) => text === 'Upravnik')!;
    expect(name.left).toBeGreaterThan(160);
  });

  it('keeps all of it on the page, off each other and above the form', () => {
    const logo = { kind: 'rgb', bytes: deflateSync(Buffer.alloc(30)), width: 2, height: 5 } as const;
    for (const slip of [more, longest]) {
      const words = pdfWords(pdfOf(slip, { registration, logo }));
      expect(overlaps(words)).toEqual([]);
      const head = words.filter(({ page, right, top }) => page === 0 && right < 320 && top < 128);
      // The sender ends where the window of the envelope begins.
      expect(Math.max(...head.map(({ bottom }) => bottom))).toBeLessThan((45.6 / 25.4) * 72);
    }
  });

  it('keeps any texts on the page and off each other', () => {
    fc.assert(
      fc.property(arbitrarySlip, (slip) => {
        const words = pdfWords(pdfOf(slip, { registration }));
        expect(overlaps(words)).toEqual([]);
        for (const { left, right, top, bottom } of words.filter((word) => word.bottom < formTop)) {
          expect(Math.min(left, a4.width - right)).toBeGreaterThan(40);
          expect(Math.min(top, a4.height - bottom)).toBeGreaterThan(20);
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('can be read aloud: headings, tables with heads, and pictures in words', () => {
    const tree = pdfStructure(pdfOf(more, { registration }));
    expect(tree).toMatch(/H1 .*\n +"Razdelilnik stroškov"/);
    for (const type of ['H2', 'Table', 'TR', 'TH', 'TD', 'P', 'Figure'])
      expect(tree).toMatch(new RegExp(`^ +${type}\\b`, 'm'));
    // Heads and feet of pages are not read.
    expect(tree).not.toContain('Stran 2');
    expect(pdfAlternatives(pdfOf(more))).toEqual([
      [
        'Obrazec UPN QR s kodo QR. Znesek 123,45\u00a0€, rok plačila 20.\u00a011.\u00a02026.',
        'Prejemnik Upravnik Vzorec d.o.o., IBAN SI56 0201 7001 4356 205, sklic SI12 1042172026067.',
        'Koda namena COST, namen Razdelilnik 10/2026.',
      ].join(' '),
    ]);
  });
});
