import { describe, expect, it } from 'vitest';
import { type Addressee, postalKey } from '../../../server/modules/print-runs/postal-order.ts';

const at = (town: string, street: string, code = '1', number = '1'): Addressee => ({ town, street, code, number });

const sorted = (addressees: readonly Addressee[]): Addressee[] =>
  addressees
    .map((addressee) => ({ addressee, key: postalKey(addressee) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ addressee }) => addressee);

/** Whatever order they come in, they leave in this one. */
function expectOrder(addressees: readonly Addressee[]): void {
  expect(sorted(addressees.toReversed())).toEqual(addressees);
  expect(sorted([...addressees.slice(2), ...addressees.slice(0, 2)])).toEqual(addressees);
}

describe('postal order', () => {
  it('is by post code, wherever it stands in the town', () =>
    expectOrder([
      at('1000 Ljubljana', 'Ž 9'),
      at('SI-1234 Mengeš', 'B 1'),
      at('2000  Maribor', 'A 1'),
      at('Celje, 3000', 'A 1'),
    ]));

  it('has towns without a post code after all others', () =>
    expectOrder([at('9000 Murska Sobota', 'A 1'), at('Graz', 'A 1')]));

  it('has house numbers as one walks past them', () =>
    expectOrder(
      ['Ulica 2', 'Ulica 9', 'Ulica 9 b', 'ulica 9a', 'Ulica 10', 'Ulica 100'].map((street) =>
        at('1000 Ljubljana', street),
      ),
    ));

  it('has Slovene letters where Slovenes look for them', () =>
    expectOrder(
      ['Cesta 1', 'Cvetna 1', 'Čopova 1', 'Dunajska 1', 'Študentovska 1', 'Tržaška 1', 'Zeleni log 1', 'Žabja 1'].map(
        (street) => at('1000 Ljubljana', street),
      ),
    ));

  it('does not care for capitals or blanks', () => {
    expect(postalKey(at('1000 LJUBLJANA', ' ČOPOVA  ulica 8 '))).toBe(
      postalKey(at('1000 Ljubljana', 'Čopova ulica 8')),
    );
  });

  it('has the slips of one house by payer, and of one payer by number', () =>
    expectOrder([
      at('1000 Ljubljana', 'A 1', '104', 'b'),
      at('1000 Ljubljana', 'A 1', '20', 'a'),
      at('1000 Ljubljana', 'A 1', '20', 'c'),
    ]));
});
