import { describe, expect, it } from 'vitest';
import { faultsCsv } from '../../../src-renderer/modules/imports/faults-csv.ts';
import { periodsOf, slipsOf, totalOf } from '../../../src-renderer/modules/imports/import-sums.ts';
import { idOf } from '../helpers/office.ts';

const run = (period: string, slips: number, totalCents: number) => ({
  id: idOf(slips),
  period,
  state: 'draft' as const,
  slips,
  totalCents,
});

describe('the sums of an import', () => {
  const runs = [run('2026-11', 3, 1000), run('2026-09', 4, 250)];

  it('adds slips and cents of all runs', () => {
    expect(slipsOf({ runs })).toBe(7);
    expect(totalOf({ runs })).toBe(1250);
    expect(slipsOf({ runs: [] })).toBe(0);
  });

  it('names the one period, or the first and the last', () => {
    expect(periodsOf({ runs }, (period) => period)).toBe('2026-09\u00a0– 2026-11');
    expect(periodsOf({ runs: [run('2026-10', 1, 1)] }, () => 'oktober 2026')).toBe('oktober\u00a02026');
    expect(periodsOf({ runs: [] }, (period) => period)).toBe('');
  });
});

describe('faultsCsv', () => {
  it('writes a fault a row, formulas as text, what the whole file breaks without a row', () => {
    const text = faultsCsv(
      [
        { row: 12, column: 'znesek', value: '=1+1', rule: 'amount', message: 'To ni znesek.' },
        { row: null, column: null, value: null, rule: 'empty_file', message: 'Datoteka je prazna.' },
      ],
      ['Vrstica', 'Stolpec', 'Vrednost', 'Kaj je narobe'],
    );
    expect(text).toBe(
      "Vrstica;Stolpec;Vrednost;Kaj je narobe\r\n12;znesek;'=1+1;To ni znesek.\r\n;;;Datoteka je prazna.\r\n",
    );
  });
});
