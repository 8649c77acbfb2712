import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columns } from '../../../server/modules/imports/billing-file/columns.ts';
import { EncodingDetector } from '../../../server/modules/imports/billing-file/encoding.ts';
import { Broken, FaultList, ruleMessages } from '../../../server/modules/imports/billing-file/faults.ts';
import { parseAmount, parseDecimal } from '../../../server/modules/imports/billing-file/parse-amount.ts';
import { issueFitsPeriod, parseDate } from '../../../server/modules/imports/billing-file/parse-date.ts';

const ruleOf = (value: unknown): unknown => (value instanceof Broken ? value.rule : value);

describe('parseAmount', () => {
  it.each([
    ['1234,56', 123456],
    ['1234.56', 123456],
    ['1.234,56', 123456],
    ['1,234.56', 123456],
    ['12.345.678,90', 1234567890],
    ['-3,5', -350],
    ['\u22123,50', -350],
    ['7', 700],
    ['-0', 0],
    ['-0,00', 0],
    ['999999999,99', 99_999_999_999],
  ])('reads %s', (text, cents) => expect(parseAmount(text)).toBe(cents));

  it.each([
    ['12,345', 'amount_ambiguous'],
    ['1.234', 'amount_ambiguous'],
    ['1.234.567', 'amount'],
    ['1.2345', 'amount_decimals'],
    ['1.234,567', 'amount_decimals'],
    ['1.23,45', 'amount'],
    ['1.234.56', 'amount'],
    ['1 234,56', 'amount'],
    ['5,', 'amount'],
    [',5', 'amount'],
    ['+5', 'amount'],
    ['5 EUR', 'amount'],
    ['1e5', 'amount'],
    ['NaN', 'amount'],
    ['1000000000,00', 'amount_range'],
  ])('refuses %s', (text, rule) => expect(ruleOf(parseAmount(text))).toBe(rule));

  it('reads back whatever cents are written, with either sign and with groups', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), (cents) => {
        const whole = Math.trunc(Math.abs(cents) / 100);
        const rest = String(Math.abs(cents) % 100).padStart(2, '0');
        const sign = cents < 0 ? '-' : '';
        const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, '.');
        expect(parseAmount(`${sign}${whole},${rest}`)).toBe(cents);
        expect(parseAmount(`${sign}${whole}.${rest}`)).toBe(cents);
        expect(parseAmount(`${sign}${grouped},${rest}`)).toBe(cents);
      }),
    );
  });
});

describe('parseDecimal', () => {
  it.each([
    ['12,345', '12.345'],
    ['1.234,5678', '1234.5678'],
    ['007', '7'],
    ['-0,0', '0.0'],
    ['0,123456', '0.123456'],
  ])('reads %s', (text, value) => expect(parseDecimal(text)).toBe(value));

  it.each(['1,2345678', 'abc', '1.2.3', '½'])('refuses %s', (text) =>
    expect(ruleOf(parseDecimal(text))).toBe('decimal'),
  );
});

describe('parseDate', () => {
  it.each(['5. 10. 2026', '05.10.2026', '5.10.2026', '2026-10-05'])('reads %s', (text) =>
    expect(parseDate(text)).toBe('2026-10-05'),
  );

  it.each([
    ['31. 2. 2026', 'no_such_day'],
    ['29.02.2026', 'no_such_day'],
    ['2026-13-01', 'no_such_day'],
    ['0. 1. 2026', 'no_such_day'],
    ['1. 1. 1926', 'no_such_day'],
    ['5/10/2026', 'date'],
    ['10-05-2026', 'date'],
    ['5. 10. 26', 'date'],
    ['46300', 'date'],
  ])('refuses %s', (text, rule) => expect(ruleOf(parseDate(text))).toBe(rule));

  it('knows leap days', () => expect(parseDate('29. 2. 2028')).toBe('2028-02-29'));
});

describe('issueFitsPeriod', () => {
  it.each([
    ['2026-09-30', true],
    ['2026-08-31', false],
    ['2027-04-30', true],
    ['2027-05-01', false],
    ['2025-11-12', false],
  ])('an issue on %s for 2026-10: %s', (day, fits) => expect(issueFitsPeriod(day, '2026-10')).toBe(fits));
});

describe('EncodingDetector', () => {
  const detect = (...chunks: (Buffer | string)[]) => {
    const detector = new EncodingDetector();
    for (const chunk of chunks) detector.push(Buffer.from(chunk));
    return detector.finish();
  };

  it('knows UTF-8 wherever its chunks are cut', () => {
    const bytes = Buffer.from('\ufeffČehovin Žan; Đorđe €');
    for (let cut = 1; cut < bytes.length; cut += 1) {
      expect(detect(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual({ encoding: 'utf-8', fault: null });
    }
  });

  it('takes anything else for Windows-1250, also when it breaks off in a letter', () => {
    expect(detect(Buffer.from([0xc8, 0x65, 0x68])).encoding).toBe('windows-1250');
    expect(detect('dobro', Buffer.from([0xc4])).encoding).toBe('windows-1250');
  });

  it.each([
    ['empty_file', ''],
    ['file_kind', 'PK\u0003\u0004rest'],
    ['file_kind', '%PDF-1.7'],
    ['file_kind', Buffer.from([0xd0, 0xcf, 0x11, 0xe0])],
    ['utf16', Buffer.from('\ufeffa;b', 'utf16le')],
    ['utf16', Buffer.from('a;b', 'utf16le')],
    ['nul_byte', 'a;b\r\n1;\u00002'],
  ])('finds %s', (rule, bytes) => expect(detect(bytes).fault).toBe(rule));
});

describe('FaultList', () => {
  it('keeps 200 and counts all', () => {
    const faults = new FaultList();
    for (let row = 300; row > 0; row -= 1) faults.add('amount', row, 'znesek', 'x'.repeat(500));
    expect(faults.count).toBe(300);
    expect(faults.sorted()).toHaveLength(200);
    expect(faults.sorted()[0]).toMatchObject({ row: 101 });
    expect(faults.sorted()[0]?.value).toHaveLength(101);
  });
});

describe('docs/billing-file.md', () => {
  const text = readFileSync(new URL('../../../docs/billing-file.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)`( \*)? *\|/gm)].map(([, name, star]) => ({
    name,
    marked: star !== undefined,
  }));

  it('explains every rule and every column, and no others', () => {
    const named = rows.map(({ name }) => name);
    expect(named.sort()).toEqual([...Object.keys(ruleMessages), ...columns.map(({ name }) => name)].sort());
  });

  it('marks the required columns', () => {
    const marked = rows.filter((row) => row.marked).map(({ name }) => name);
    expect(marked).toEqual(columns.filter(({ required }) => required).map(({ name }) => name));
  });
});
