import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { formatSlipPassword } from '../../../contract/schemas/slip-password.ts';
import { lettersFacts, renderLetters, type Letter, type LettersHead } from '../../../server/pdf/letters-pdf.ts';
import { mergedPdf } from '../../../server/pdf/merged-pdf.ts';
import { generateSlipPassword } from '../../../server/slip-password.ts';
import { pdfPages, pdfText, pdfWords } from '../../helpers/read-pdf.ts';
import { manager } from '../../helpers/slip-data.ts';

const head = {
  manager,
  portalAddress: 'https://portal.upravnik-vzorec.example/',
  issuedAt: new Date('2026-11-23T10:00:00Z'),
  expiresAt: new Date('2027-02-20T23:30:00Z'),
};

const makeLetter = (index: number, given: Partial<Letter> = {}): Letter => ({
  code: String(104_000 + index),
  name: `Žiga Ščuka ${index}`,
  street: 'Šmartinska cesta 152',
  town: '1000 Ljubljana',
  password: generateSlipPassword(),
  ...given,
});

const makeLetters = (count: number): Letter[] => Array.from({ length: count }, (_, index) => makeLetter(index));

/** As a batch is sent, some letters drawn at a time. */
async function* drawn(letters: readonly Letter[], given: LettersHead) {
  for (let start = 0; start < letters.length; start += 3)
    yield await Promise.resolve(renderLetters(letters.slice(start, start + 3), given));
}

const lettersPdf = (letters: readonly Letter[], given: LettersHead) =>
  mergedPdf(drawn(letters, given), lettersFacts(given));

describe('letters with slip passwords', () => {
  it('are one page a payer, in their order, each with its own code and password', async () => {
    const letters = makeLetters(7);
    const pages = pdfPages(await buffer(lettersPdf(letters, head)));
    expect(pages).toHaveLength(7);
    pages.forEach((page, index) => {
      const { code, name, password } = letters[index]!;
      for (const text of [name, code, formatSlipPassword(password)]) expect(page).toContain(text);
      for (const other of letters.filter((letter) => letter.password !== password))
        expect(page).not.toContain(formatSlipPassword(other.password));
    });
  });

  it('say where to go, until when, what to do and whom to ask', async () => {
    const text = pdfText(await buffer(lettersPdf(makeLetters(1), head)));
    for (const part of [
      ...['Upravnik Vzorec d.o.o.', 'portal.upravnik-vzorec.example', 'Šifra plačnika', 'Geslo z razdelilnika'],
      ...['Geslo velja do 21. 2. 2027', 'Izberite REGISTRACIJA.', 'vsaj 8 znakov', '23. 11. 2026'],
      ...['pokličite 01 234 56 78', 'pisarna@upravnik-vzorec.example'],
    ])
      expect(text).toContain(part);
  });

  it('name the office where the manager has neither telephone nor e-mail', async () => {
    const plain = { ...head, manager: { ...manager, phone: null, email: null } };
    const text = pdfText(await buffer(lettersPdf(makeLetters(1), plain)));
    expect(text).toContain('oglasite se v pisarni, Vzorčna ulica 1, 1000 Ljubljana');
  });

  it('stay one page each with the longest names, the address inside the window of the envelope', async () => {
    const long = `Čebelarska zadruga ${'Škrnjuščevskopodjetje'.repeat(20)}`.slice(0, 200);
    const mm = 72 / 25.4;
    const all = { name: long, street: long, town: long };
    const pdf = await buffer(
      lettersPdf([makeLetter(0, all)], { ...head, manager: { ...manager, ...all, phone: '0'.repeat(50) } }),
    );
    expect(pdfPages(pdf)).toHaveLength(1);
    const words = pdfWords(pdf);
    const address = words.filter(
      ({ top, left }) => left > 24.5 * mm && left < 100 * mm && top > 51 * mm && top < 95 * mm,
    );
    expect(address.length).toBeGreaterThan(6);
    for (const { left, right, bottom } of address) {
      expect(left).toBeGreaterThan(22 * mm);
      expect(right).toBeLessThan(108 * mm);
      expect(bottom).toBeLessThan(88 * mm);
    }
    expect(Math.max(...words.map(({ bottom }) => bottom))).toBeLessThan(285 * mm);
  });
});
