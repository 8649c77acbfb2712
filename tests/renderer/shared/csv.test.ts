import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { neutraliseFormula, toCsv, toTabbed } from '../../../src-renderer/shared/format/csv.ts';

describe('neutraliseFormula', () => {
  it.each(['=1+1', '+386 1 234', '-12,50', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://zlo.example";"klik")'])(
    'turns %j into text',
    (cell) => {
      expect(neutraliseFormula(cell)).toBe(`'${cell}`);
    },
  );

  it.each(['', 'Ana', '12,50', "'=1", 'a=b', 'K7QM-3XRT-9WVDT'])('leaves %j alone', (cell) => {
    expect(neutraliseFormula(cell)).toBe(cell);
  });
});

describe('toCsv', () => {
  it('separates with semicolons and ends rows with CRLF', () => {
    expect(toCsv([['a', 'b'], ['c', '']])).toBe('a;b\r\nc;\r\n'); // prettier-ignore
  });

  it('quotes what would break a row, and neutralises before it quotes', () => {
    expect(toCsv([['a;b', 'č"š', '=1;2', 'x\ny']])).toBe('"a;b";"č""š";"\'=1;2";"x\ny"\r\n');
  });

  it('is read back by an independent reader as it was, formulas as text', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 });
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, (rows) => {
        const read: unknown = parse(toCsv(rows), { delimiter: ';', record_delimiter: '\r\n' });
        expect(read).toEqual(rows.map((row) => row.map(neutraliseFormula)));
      }),
    );
  });
});

describe('toTabbed', () => {
  it('keeps each row on its line and neutralises formulas', () => {
    expect(toTabbed([['a\tb', '=1'], ['c\nd', 'e']])).toBe("a b\t'=1\nc d\te"); // prettier-ignore
  });
});
