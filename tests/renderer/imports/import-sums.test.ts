import { describe, expect, it } from 'vitest';
import { groupFaults } from '../../../src-renderer/modules/imports/fault-groups.ts';
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

describe('faults', () => {
  const fault = { row: 12, column: 'znesek', value: 'x', rule: 'amount', message: 'To ni znesek.', suggestion: null };

  it('stand together by the rule that they break, the most frequent first', () => {
    const date = { ...fault, rule: 'date', message: 'To ni datum.' };
    expect(groupFaults([fault, date, { ...date, row: 13 }])).toEqual([
      {
        rule: 'date',
        message: 'To ni datum.',
        faults: [
          { ...date, id: '1' },
          { ...date, row: 13, id: '2' },
        ],
      },
      { rule: 'amount', message: 'To ni znesek.', faults: [{ ...fault, id: '0' }] },
    ]);
  });
});
