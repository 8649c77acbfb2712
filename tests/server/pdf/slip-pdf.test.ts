import { describe, expect, it } from 'vitest';
import { parseUpnStrictly } from '../../../server/payments/upn-qr.ts';
import { slipPdf } from '../../../server/pdf/slip-pdf.ts';
import { pdfInfo, pdfPages, pdfPicture, pdfText, pdfWords, type Word } from '../../helpers/read-pdf.ts';
import { readSymbols } from '../../helpers/read-symbol.ts';
import { makeItem, makeOrder, makeSlip, makeUnit, manager } from '../../helpers/slip-data.ts';

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

const a4 = { width: 595.28, height: 841.89 };

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
  it('says who, to whom, what for, by when and how much, in text that can be searched', async () => {
    const text = pdfText(await slipPdf(usual));
    for (const part of [
      ...['Upravnik Vzorec d.o.o.', 'Žiga Ščuka', 'Šmartinska cesta 152', '2026-10-000123', 'oktober 2026'],
      ...['5. 11. 2026', 'do 20. 11. 2026', '104217', 'Stanovanje 12, Šmartinska cesta 152', 'Garaža 7', '62,40 m²'],
      ...[
        'Električna energija skupnih delov',
        'Elektrika Zgled d.o.o.',
        'po delilnikih toplote',
        'Skupaj Stanovanje 12',
      ],
      ...[
        'Plačilni nalog 1 od 2',
        '1.234,56 €',
        'SI56 0201 7001 4356 205',
        'SI12 1042172026067',
        'RF18 5390 0754 7034',
      ],
      ...['Rezervni sklad, oktober', 'Stran 2 od 2'],
    ])
      expect(text).toContain(part);
  });

  it('puts an item, its supplier and all of its numbers on one row', async () => {
    const [first = ''] = pdfPages(await slipPdf(usual));
    expect(first).toMatch(/Čiščenje skupnih prostorov +1\.234,56 +po številu oseb +12,50 +0,3456 +5,12 +1,13 +6,25\n/);
    expect(first).toMatch(/Čistilni servis Žarek d\.o\.o\. +oseba +9,5 %\n/);
  });

  it('adds up by unit, by rate and in all', async () => {
    const text = pdfPages(await slipPdf(usual)).join('\n');
    expect(text).toMatch(/Skupaj Stanovanje 12 +160,64/);
    expect(text).toMatch(/Skupaj Garaža 7 +35,02/);
    expect(text).toMatch(/22 % +234,56 +51,60/);
    expect(text).toMatch(/Skupaj +195,66 €/);
  });

  it('carries for each order a code that banks can read and that says the same', async () => {
    const symbols = await readSymbols(pdfPicture(await slipPdf(usual), 2, 220));
    expect(symbols).toHaveLength(2);
    for (const symbol of symbols)
      expect(symbol).toMatchObject({ version: '15', level: 'M', eci: '000004', segments: ['byte'] });
    const read = symbols
      .map(({ text }) => parseUpnStrictly(text))
      .map((result) => (result.ok ? result.fields : undefined));
    const common = {
      ...{
        payerName: 'Žiga Ščuka',
        payerStreet: 'Šmartinska cesta 152',
        payerTown: '1000 Ljubljana',
        dueDate: '20.11.2026',
      },
      ...{
        iban: 'SI56020170014356205',
        name: 'Upravnik Vzorec d.o.o.',
        street: 'Vzorčna ulica 1',
        town: '1000 Ljubljana',
      },
      ...{
        payerIban: '',
        deposit: '',
        withdrawal: '',
        payerReference: '',
        paymentDate: '',
        urgent: '',
        purposeCode: 'COST',
      },
    };
    const byAmount = read.sort((a, b) => Number(b?.amount) - Number(a?.amount));
    expect(byAmount).toEqual([
      expect.objectContaining({
        ...common,
        amount: '00000123456',
        reference: 'SI121042172026067',
        purpose: 'Razdelilnik 10/2026',
      }),
      expect.objectContaining({
        ...common,
        amount: '00000003120',
        reference: 'RF18539007547034',
        purpose: 'Rezervni sklad, oktober',
      }),
    ]);
  });

  it('prints the code in the size of the standard: 77 modules of 0.42333 mm', async () => {
    const dpi = 300;
    const { width, data } = pdfPicture(await slipPdf(usual), 2, dpi);
    const rows = data.length / 4 / width;
    const dark = (x: number, y: number) => data[(y * width + x) * 4]! < 64;
    // The upper left finder is the first thing on the page that is seven modules of black on end.
    const module = (0.42333 / 25.4) * dpi;
    const runEnd = (x: number, y: number) => {
      let end = x;
      while (dark(end, y)) end += 1;
      return end;
    };
    let found: [number, number] | undefined;
    for (let y = 0; y < rows && !found; y += 1)
      for (let x = 0; x < width / 2 && !found; x += 1) if (runEnd(x, y) - x > 6 * module) found = [x, y];
    const [left, top] = found!;
    let right = left;
    for (let x = left; x < left + 90 * module; x += 1) if (dark(x, top)) right = x + 1;
    expect(Math.abs(right - left - 77 * module)).toBeLessThan(2);
  });

  it('repeats the heads and numbers the pages when it goes on', async () => {
    const pages = pdfPages(await slipPdf(makeSlip([makeUnit(items(60))], [makeOrder()])));
    expect(pages).toHaveLength(3);
    pages.forEach((page, index) => {
      expect(page).toContain(`Stran ${index + 1} od 3`);
      expect(page).toMatch(/Postavka in dobavitelj +Znesek stavbe +Ključ delitve/);
      expect(page.includes('(nadaljevanje)')).toBe(index > 0);
    });
    expect(
      pages
        .join('')
        .match(/Komunala|Elektrika Zgled|Toplarna|Žarek|Zavarovalnica|Škrlj|Upravnik Vzorec d\.o\.o\. +enota/g),
    ).toHaveLength(60);
  });

  it.each(Array.from({ length: 12 }, (_, index) => index + 6))(
    'never splits a payment box (%d items)',
    async (count) => {
      const words = pdfWords(await slipPdf(makeSlip([makeUnit(items(count))], [makeOrder(), makeOrder()])));
      const titles = words.filter(({ text }) => text === 'nalog');
      const purposes = words.filter(({ text }) => text === 'COST');
      expect(titles.map(({ page }) => page)).toEqual(purposes.map(({ page }) => page));
      expect(Math.max(...purposes.map(({ bottom }) => bottom))).toBeLessThan(a4.height - 40);
    },
  );

  it.each([
    ['usual', usual],
    ['longest', longest],
  ])('keeps %s texts on the page and off each other', async (_, slip) => {
    const words = pdfWords(await slipPdf(slip));
    expect(words.length).toBeGreaterThan(50);
    for (const { left, right, top, bottom } of words) {
      expect(Math.min(left, a4.width - right)).toBeGreaterThan(40);
      expect(Math.min(top, a4.height - bottom)).toBeGreaterThan(20);
    }
    expect(overlaps(words)).toEqual([]);
  });

  it('loses nothing of the longest texts', async () => {
    const text = pdfText(await slipPdf(longest)).replaceAll(' ', '');
    const whole = long(200).replaceAll(' ', '');
    // Manager, payer and recipient three times each, building, description and supplier.
    expect(text.split(whole).length - 1).toBeGreaterThanOrEqual(9);
    expect(text).toContain('−999.999.999,99');
    expect(text).toContain('123.456.789.012,123456');
  });

  it.each([
    [-500, 'Znesek je v vaše dobro. Ne plačajte ga.'],
    [0, 'Tega naloga vam ni treba plačati.'],
  ])('says what to do with an order of %d cents instead of a code', async (amountCents, sentence) => {
    const pdf = await slipPdf(makeSlip([makeUnit(items(3))], [makeOrder({ amountCents })]));
    expect(pdfText(pdf)).toContain(sentence);
    expect(await readSymbols(pdfPicture(pdf, 1, 200))).toEqual([]);
  });

  it('is the same bytes for the same slip, tells its title and language, and no clock', async () => {
    const [first, second] = [await slipPdf(usual), await slipPdf(usual)];
    expect(first.equals(second)).toBe(true);
    expect(pdfInfo(first)).toMatchObject({
      Title: 'Razdelilnik 2026-10-000123, oktober\u00a02026',
      Author: 'Upravnik Vzorec d.o.o.',
      'PDF version': '1.7',
      'Page size': '595.28 x 841.89 pts (A4)',
      CreationDate: '2026-11-05T00:00:00Z',
    });
    expect(first.toString('latin1')).toContain('/Lang (sl)');
  });
});
