import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaymentOrder, Slip } from '../../../contract/slips.ts';
import { fitUpnText, upnPayload } from '../../../server/payments/upn-qr.ts';
import { upnSymbol } from '../../../server/payments/upn-symbol.ts';
import { slipPdf } from '../../../server/pdf/slip-pdf.ts';
import { readDrawings, type Box, type Drawing, type Written } from '../../helpers/read-operators.ts';
import { documentOf, makeItem, makeOrder, makeSlip, makeUnit } from '../../helpers/slip-data.ts';
import {
  standardBoxes,
  standardCombs,
  standardDashes,
  standardLabels,
  standardMarks,
  standardTitles,
} from './fixtures/upn-form-table.ts';

const payer = { code: '104217', name: 'Žiga Ščuka', street: 'Šmartinska cesta 152', town: '1000 Ljubljana' };

const shift = <T extends Box>(part: T): T => ({ ...part, top: part.top - 198, bottom: part.bottom - 198 });

/** What stands on the form of a slip with this order, in millimetres from the form's top left. */
function formOf(order: Partial<PaymentOrder> = {}, given: Partial<Slip> = {}): Drawing {
  const slip = makeSlip([makeUnit([makeItem(0)])], [makeOrder({ amountCents: 123_450, ...order })], {
    payer,
    ...given,
  });
  const drawing = readDrawings(slipPdf(documentOf(slip))).at(-1)!;
  const isOnForm = ({ bottom }: Box): boolean => bottom > 0;
  return {
    fills: drawing.fills.map(shift).filter(isOnForm),
    outlines: drawing.outlines.map(shift).filter(isOnForm),
    lines: drawing.lines.map(shift).filter(({ bottom }) => bottom > -0.01),
    texts: drawing.texts
      .map((text) => ({ ...text, baseline: text.baseline - 198 }))
      .filter(({ baseline }) => baseline > 0),
  };
}

const tolerance = 0.1;
const near = (one: number, other: number): boolean => Math.abs(one - other) <= tolerance;

const isBox = ([left, top, right, bottom]: readonly number[]) => (box: Box): boolean =>
  near(box.left, left!) && near(box.top, top!) && near(box.right, right!) && near(box.bottom, bottom!); // prettier-ignore

const blank = formOf();
const border = '#f3632a';
const mark = '#231f20';

describe('the blank of the UPN form', () => {
  it.each(standardBoxes)('has %s in its place, white with a border of half a point', (_, ...bounds) => {
    expect(blank.outlines.filter(isBox(bounds))).toEqual([expect.objectContaining({ color: border, width: 0.5 })]);
    expect(blank.fills.filter(isBox(bounds)).map(({ color }) => color)).toEqual(['#ffffff']);
  });

  it('has no box that the standard does not have', () => {
    expect(blank.outlines).toHaveLength(standardBoxes.length);
  });

  it.each(standardCombs)('has a tick between each two of the %s characters of its comb', (name, characters, pitch) => {
    const [, left, , , bottom] = standardBoxes.find(([box]) => box.startsWith(`${name} `))!;
    const ticks = blank.lines.filter(
      (line) =>
        line.right - line.left < 0.01 &&
        near(line.bottom, bottom) &&
        line.left > left + tolerance &&
        line.left < left + characters * pitch - tolerance,
    );
    expect(ticks).toHaveLength(characters - 1);
    ticks.sort((a, b) => a.left - b.left);
    ticks.forEach((tick, index) => {
      expect(near(tick.left, left + (index + 1) * pitch)).toBe(true);
      expect(tick).toMatchObject({ color: border, width: 0.5 });
      expect(near(tick.bottom - tick.top, 1.25)).toBe(true);
    });
  });

  it.each(standardMarks)('has mark %s', (_, ...bounds) => {
    expect(blank.fills.filter(isBox(bounds)).map(({ color }) => color)).toEqual([mark]);
  });

  it('has dashed lines between name, street and town, and a line to sign on', () => {
    for (const [left, right, y] of standardDashes)
      expect(blank.lines.filter(isBox([left, y, right, y]))).toEqual([
        expect.objectContaining({ isDashed: true, color: border, width: 0.25 }),
      ]);
    expect(blank.lines.filter(isBox([168.6, 85.3, 203.3, 85.3]))).toEqual([
      expect.objectContaining({ isDashed: false, color: border, width: 0.5 }),
    ]);
  });

  it('has the raster of the payer above and of the recipient below, on the order alone', () => {
    expect(blank.fills.filter(isBox([60, 0, 210, 55])).map(({ color }) => color)).toEqual(['#fddcc6']);
    expect(blank.fills.filter(isBox([60, 55, 210, 99])).map(({ color }) => color)).toEqual(['#fef4c9']);
  });

  it('is torn off above and between receipt and order', () => {
    const perforations = blank.lines.filter(({ color }) => color === '#e6b8a0');
    expect(perforations).toHaveLength(2);
    expect(perforations.filter(isBox([0, 0, 210, 0]))).toHaveLength(1);
    expect(perforations.filter(isBox([60, 0, 60, 99]))).toHaveLength(1);
    for (const { isDashed } of perforations) expect(isDashed).toBe(true);
  });

  it.each(standardLabels)('says %s %s', (_, text, left, bottom, size) => {
    const found = blank.texts.filter((label) => label.text === text && near(label.x, left));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ size, font: 'semibold', color: border });
    // Letters that reach below the base line end at the bottom of the table.
    const below = /[gjpqy]/.test(text) ? 0.18 * size * (25.4 / 72) : 0;
    expect(bottom - found[0]!.baseline).toBeGreaterThan(below - tolerance);
    expect(bottom - found[0]!.baseline).toBeLessThan(below + 0.4);
  });

  it.each(standardTitles)('has %s %s within its rectangle', (_, text, ...rectangle) => {
    const [left, top, right, bottom] = rectangle;
    const found = blank.texts.filter((label) => label.text === text && label.x > left - 0.1 && label.x < right);
    expect(found).toHaveLength(1);
    const { x, baseline, size, color, font } = found[0]!;
    expect({ color, font }).toEqual({ color: mark, font: 'semibold' });
    expect(x).toBeGreaterThan(left - tolerance);
    expect(baseline).toBeLessThan(bottom + tolerance);
    expect(baseline - 0.668 * size * (25.4 / 72)).toBeGreaterThan(top - tolerance);
    expect(x + widest(text) * size * (25.4 / 72)).toBeLessThan(right + tolerance);
  });

  it('keeps the space of the bank free but for its two footers', () => {
    const footer = 'Prostor za vpise ponudnika plačilnih storitev';
    const inSpace = blank.texts.filter(({ x, baseline }) => baseline > (x < 60 ? 72.5 : 89));
    expect(inSpace.map(({ text }) => text)).toEqual([footer, footer]);
    for (const { size } of inSpace) expect(size).toBeGreaterThanOrEqual(5);
    expect(near(inSpace[0]!.x, 13.8)).toBe(true);
    for (const { baseline } of inSpace) expect(baseline).toBeGreaterThan(97);
  });
});

/** The most that a text of the semibold font takes, in sizes: measured once, checked by the pictures of the gallery. */
function widest(text: string): number {
  return { 'UPN QR - potrdilo': 8.27, EUR: 1.9, 'UPN QR': 3.2 }[text] ?? text.length;
}

/** The texts within a box, in the order of its rows. */
const textsIn = (form: Drawing, name: string): Written[] => {
  const [, left, top, right, bottom] = standardBoxes.find(([box]) => box.startsWith(`${name} `))!;
  return form.texts
    .filter(({ x, baseline }) => x > left && x < right && baseline > top && baseline < bottom)
    .sort((a, b) => a.baseline - b.baseline);
};

const contents = (form: Drawing): Record<string, string[]> =>
  Object.fromEntries(
    standardBoxes.map(([box]) => {
      const name = box.split(' ')[0]!;
      return [name, textsIn(form, name).map(({ text }) => text)];
    }),
  );

describe('the data of the UPN form', () => {
  it('stand in their fields as the examples of the standard print them, and the fields of the payer are empty', () => {
    expect(contents(blank)).toEqual({
      A3: ['Žiga Ščuka', 'Šmartinska cesta 152', '1000 Ljubljana'],
      A5: ['Razdelilnik 10/2026, 20.11.2026'],
      A8: ['***1.234,50'],
      A10: ['SI56 0201 7001 4356 205', 'SI12 1042172026067'],
      A12: ['Upravnik Vzorec d.o.o.', 'Vzorčna ulica 1', '1000 Ljubljana'],
      ...{ A22: [], A23: [], A24: [], A25: [], A27: [], A28: [] },
      A30: ['Žiga Ščuka', 'Šmartinska cesta 152', '1000 Ljubljana'],
      A37: ['***1.234,50'],
      ...{ A38: [], A39: [] },
      A43: ['COST'],
      A44: ['Razdelilnik 10/2026'],
      A45: ['20.11.2026'],
      A47: ['SI56 0201 7001 4356 205'],
      A50: ['SI12'],
      A51: ['1042172026067'],
      A52: ['Podpis plačnika (neobvezno žig)'],
      A54: ['Upravnik Vzorec d.o.o.', 'Vzorčna ulica 1', '1000 Ljubljana'],
    });
  });

  it('are 12 characters to the inch on the order and 17 on the receipt, in black', () => {
    const data = blank.texts.filter(({ font }) => font === 'form');
    expect(data).toHaveLength(23);
    for (const { x, size, color } of data) {
      expect(color).toBe('#000000');
      // Each character is 0.6 sizes wide.
      expect(72 / (0.6 * size)).toBeCloseTo(x < 60 ? 17 : 12, 1);
    }
  });

  it.each([
    [{ reference: 'RF18539007547034' }, { A50: ['RF18'], A51: ['5390 0754 7034'] }],
    [{ reference: 'SI99' }, { A50: ['SI99'], A51: [] }],
    [{ reference: 'SI00123456-67890-12345' }, { A50: ['SI00'], A51: ['123456-67890-12345'] }],
    [{ dueDate: '2026-07-05' }, { A45: ['05.07.2026'], A5: ['Razdelilnik 10/2026, 05.07.2026'] }],
    [{ amountCents: 99_999_999_999 }, { A37: ['***999.999.999,99'], A8: ['***999.999.999,99'] }],
    [{ amountCents: 5 }, { A37: ['***0,05'] }],
    [{ iban: 'MT84MALT011000012345MTLCAST001S' }, { A47: ['MT84 MALT 0110 0001 2345 MTLC AST0 01S'] }],
    // Typographic signs stand as the code has them: Latin 2 lacks them.
    [{ purpose: 'Voda – 5 m² „hladna“' }, { A44: ['Voda - 5 m2 "hladna"'] }],
  ])('print %j', (order, expected) => {
    expect(contents(formOf(order))).toMatchObject(expected);
  });
});

describe('the code on the UPN form', () => {
  const written = upnPayload({
    ...makeOrder({ amountCents: 123_450 }),
    ...{ payerName: payer.name, payerStreet: payer.street, payerTown: payer.town },
  });
  const symbol = upnSymbol(written.ok ? written.payload : '');
  const runs = blank.fills.filter(({ color, left, right }) => color === '#000000' && left > 63.5 && right < 103.5);

  it('is 77 modules of 0.42333 mm in the middle of its box, black', () => {
    const edge = (pick: (box: Box) => number, of: (...numbers: number[]) => number): number => of(...runs.map(pick));
    expect(edge(({ left }) => left, Math.min)).toBeCloseTo(67.2, 1);
    expect(edge(({ right }) => right, Math.max)).toBeCloseTo(99.8, 1);
    // The standard's artwork: about 9.4 to 42.0, in the middle of 6 to 45.5.
    expect(edge(({ top }) => top, Math.min)).toBeCloseTo(9.45, 1);
    expect(edge(({ bottom }) => bottom, Math.max)).toBeCloseTo(42.05, 1);
  });

  it('has each module within a tenth of a millimetre of its place, and is the symbol of the order', () => {
    const size = 0.42333;
    const rows = Array.from({ length: 77 }, () => Array.from({ length: 77 }, () => false));
    for (const { left, right, top, bottom } of runs) {
      const [first, last, row] = [(left - 67.2017) / size, (right - 67.2017) / size, (top - 9.4517) / size];
      for (const place of [first, last, row]) expect(Math.abs(place - Math.round(place)) * size).toBeLessThan(0.1);
      expect(bottom - top).toBeCloseTo(size, 2);
      rows[Math.round(row)]!.fill(true, Math.round(first), Math.round(last));
    }
    expect(rows).toEqual(symbol);
  });

  it('has nothing else within four modules around it', () => {
    const quiet = 4 * 0.42333;
    const around = { left: 67.2 - quiet, right: 99.8 + quiet, top: 9.45 - quiet, bottom: 42.05 + quiet };
    const isInside = (box: Box): boolean =>
      box.right > around.left && box.left < around.right && box.bottom > around.top && box.top < around.bottom;
    const foreign = [...blank.outlines, ...blank.lines].filter(isInside);
    // The box around it, which is farther off than that, is all that there is.
    expect(foreign.filter((box) => !isBox([63.5, 6, 103.5, 45.5])(box))).toEqual([]);
    expect(blank.texts.filter(({ x, baseline }) => isInside({ left: x, right: x, top: baseline, bottom: baseline }))).toEqual([]); // prettier-ignore
  });
});

describe('texts that are too long for the UPN form', () => {
  const letters = [...'abcčdefghijklmnoprsštuvzžABCČĐŠŽ0123456789 .,-/()äöüß   '];
  const text = (most: number) =>
    fc
      .array(fc.constantFrom(...letters), { minLength: 1, maxLength: most, size: 'max' })
      .map((characters) => characters.join('').replace(/\s+/g, ' ').trim())
      .filter((joined) => joined !== '');
  const names = { name: text(200), street: text(200), town: text(200) };

  /** Each text within its box, each on its own: characters of the data's font are 0.6 sizes wide. */
  function expectWithin(form: Drawing): void {
    for (const [box, left, top, right, bottom] of standardBoxes) {
      const texts = textsIn(form, box.split(' ')[0]!).filter(({ font }) => font === 'form');
      texts.forEach(({ text: shown, x, size, baseline }, index) => {
        const points = 25.4 / 72;
        expect(x + shown.length * 0.6002 * size * points).toBeLessThan(right - 0.9);
        expect(x).toBeGreaterThan(left + 0.9);
        expect(baseline + 0.25 * size * points).toBeLessThan(bottom + 0.05);
        expect(baseline - 0.83 * size * points).toBeGreaterThan(top);
        const next = texts[index + 1];
        if (next) expect(next.baseline - baseline).toBeGreaterThan(1.05 * next.size * points);
      });
    }
    expect(form.texts.filter(({ font }) => font === 'form').length).toBeGreaterThanOrEqual(16);
  }

  it('are set smaller or stand as in the code, and never leave their box or touch each other', () => {
    fc.assert(
      fc.property(
        fc.record(names),
        fc.record(names),
        text(100),
        fc.integer({ min: 1, max: 99_999_999_999 }),
        (of, to, purpose, amountCents) => {
          const form = formOf(
            { recipientName: to.name, recipientStreet: to.street, recipientTown: to.town, purpose, amountCents },
            { payer: { code: '1', ...of } },
          );
          expectWithin(form);
          const shown = contents(form);
          const expected = (full: string, limit: number) => expect.toSatisfy((line) => line === full || line === fitUpnText(full, limit)) as unknown; // prettier-ignore
          const lines = (address: { name: string; street: string; town: string }) =>
            [address.name, address.street, address.town].map((line) => expected(line, 33));
          expect(shown['A30']).toEqual(lines(of));
          expect(shown['A3']).toEqual(lines(of));
          expect(shown['A54']).toEqual(lines(to));
          expect(shown['A44']).toEqual([expected(purpose, 42)]);
        },
      ),
      { numRuns: 100 },
    );
  }, 60_000);

  it.each([
    [33, 10],
    [46, 10],
    [47, 9.77],
    [65, 7.06],
    // From here on they stand as they do in the code.
    [66, 10],
    [200, 10],
  ])('of %i characters are set in %d points on the order', (length, size) => {
    const name = 'n'.repeat(length);
    const [first] = textsIn(formOf({}, { payer: { ...payer, name } }), 'A30');
    expect(first!.text).toBe(length > 65 ? 'n'.repeat(33) : name);
    expect(first!.size).toBeCloseTo(size, 1);
  });

  it('leave the purpose two rows on the receipt, with the due date behind it', () => {
    const shown = contents(formOf({ purpose: 'Razdelilnik stroškov za oktober 2026, Šmartinska cesta 152' }));
    expect(shown['A5']).toHaveLength(2);
    expect(shown['A5']!.join(' ')).toMatch(
      /^Razdelilnik stroškov za oktober 2026, Šmartinska cesta 152, 20\.11\.2026$/,
    );
  });

  it('of real life keep their place', () => {
    const form = formOf(
      {
        recipientName: 'Skupnost lastnikov stanovanj Šmartinska cesta 152, 154 in 156',
        purpose: 'Rezervni sklad za oktober 2026, plačnik 104217',
        iban: 'MT84MALT011000012345MTLCAST001S',
        amountCents: 99_999_999_999,
      },
      { payer: { ...payer, name: 'Marija Magdalena Kovačič Hribernik in dediči po Antonu Kovačiču' } },
    );
    expectWithin(form);
    expect(contents(form)).toMatchObject({
      A30: ['Marija Magdalena Kovačič Hribernik in dediči po Antonu Kovačiču', payer.street, payer.town],
      A54: ['Skupnost lastnikov stanovanj Šmartinska cesta 152, 154 in 156', 'Vzorčna ulica 1', '1000 Ljubljana'],
      A44: ['Rezervni sklad za oktober 2026, plačnik 104217'],
    });
  });
});
