import { describe, expect, it } from 'vitest';
import {
  formatCents,
  formatDay,
  formatDecimal,
  formatEuros,
  formatMeasure,
  formatMoment,
  formatPeriod,
} from '../../../server/pdf/format.ts';

describe('Slovene formats', () => {
  it.each([
    [0, '0,00'],
    [5, '0,05'],
    [123_456, '1.234,56'],
    [-7, '−0,07'],
    [99_999_999_999, '999.999.999,99'],
  ])('writes %d cents as %s', (cents, text) => expect(formatCents(cents)).toBe(text));

  it('keeps the euro sign with the number', () => expect(formatEuros(123_456)).toBe('1.234,56\u00a0€'));

  it.each([
    ['1234.5600', '1.234,5600'],
    ['-0.5', '−0,5'],
    ['62', '62'],
  ])('writes %s as %s, digit for digit', (decimal, text) => expect(formatDecimal(decimal)).toBe(text));

  it('writes days and periods in words of the language', () => {
    expect(formatDay('2026-07-05')).toBe('5.\u00a07.\u00a02026');
    expect(formatPeriod('2026-01')).toBe('januar\u00a02026');
    expect(formatPeriod('2026-12')).toBe('december\u00a02026');
  });

  it('takes the day that it is in Slovenia', () => {
    expect(formatMoment(new Date('2026-10-31T23:30:00Z'))).toBe('1.\u00a011.\u00a02026');
  });

  it('writes square and cubic metres as people do, and nothing else differently', () => {
    expect(['m2', 'm3', 'km2', 'kWh', 'enota2'].map(formatMeasure)).toEqual(['m²', 'm³', 'km²', 'kWh', 'enota2']);
  });
});
