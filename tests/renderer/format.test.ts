import { describe, expect, it } from 'vitest';
import { formatCents, formatDecimal, formatMeasure, plainCents } from '../../src-renderer/shared/format/money.ts';
import { formatIban, formatReference } from '../../src-renderer/shared/format/payment.ts';
import { formatDay, formatPeriod, formatSoon, formatUntil, today } from '../../src-renderer/shared/format/time.ts';

const nbsp = '\u00a0';

describe('measures', () => {
  it.each([
    ['m2', 'm²'],
    ['m3', 'm³'],
    ['kWh', 'kWh'],
    ['oseba', 'oseba'],
    ['', ''],
  ])('%s is written %s', (given, written) => {
    expect(formatMeasure(given)).toBe(written);
  });
});

describe('money', () => {
  it.each([
    [8432, `84,32${nbsp}€`],
    [123456, `1.234,56${nbsp}€`],
    [100000000, `1.000.000,00${nbsp}€`],
    [0, `0,00${nbsp}€`],
    [-1250, `−12,50${nbsp}€`],
  ])('prints %i cents as Slovenes write it', (cents, printed) => {
    expect(formatCents(cents)).toBe(printed);
  });

  it('copies an amount in the form that a bank takes', () => {
    expect(plainCents(123456)).toBe('1234,56');
    expect(plainCents(5)).toBe('0,05');
  });

  it.each([
    ['58.40', '58,40'],
    ['1234567.125', '1.234.567,125'],
    ['-0.5', '−0,5'],
    ['12', '12'],
    ['999', '999'],
    ['1000', '1.000'],
  ])('keeps every digit of the decimal %s', (decimal, printed) => {
    expect(formatDecimal(decimal)).toBe(printed);
  });
});

describe('dates', () => {
  it('are written with full stops and spaces', () => {
    expect(formatDay('2026-07-05')).toBe('5. 7. 2026');
  });

  it.each([
    ['2026-11-15', 'nedelje, 15. 11. 2026'],
    ['2026-11-16', 'ponedeljka, 16. 11. 2026'],
    ['2026-11-17', 'torka, 17. 11. 2026'],
    ['2026-11-18', 'srede, 18. 11. 2026'],
    ['2026-11-19', 'četrtka, 19. 11. 2026'],
    ['2026-11-20', 'petka, 20. 11. 2026'],
    ['2026-11-21', 'sobote, 21. 11. 2026'],
  ])('say until when: %s', (day, words) => {
    expect(formatUntil(day, 'sl')).toBe(words);
  });

  it('say until when in English', () => {
    expect(formatUntil('2026-11-20', 'en').replace(',', '')).toBe('Friday 20 November 2026');
  });

  it('name the period', () => {
    expect(formatPeriod('2026-10', 'sl')).toBe('oktober 2026');
    expect(formatPeriod('2026-10', 'en')).toBe('October 2026');
  });

  it("know today by this computer's clock", () => {
    expect(today(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });
});

describe('what is copied from paper', () => {
  it('has the IBAN in groups of four', () => {
    expect(formatIban('SI56990000012345646')).toBe('SI56 9900 0001 2345 646');
  });

  it('has the reference as it is printed', () => {
    expect(formatReference('SI121042172026106')).toBe('SI12 1042172026106');
    expect(formatReference('SI03140-140-140')).toBe('SI03 140-140-140');
    expect(formatReference('SI99')).toBe('SI99');
    expect(formatReference('RF81352ADD05899')).toBe('RF81 352A DD05 899');
  });
});

describe('a moment that is near', () => {
  const now = new Date(2026, 10, 23, 14, 0);

  it('of today is said by its hour alone', () => {
    expect(formatSoon(new Date(2026, 10, 23, 14, 5).toISOString(), 'sl', now)).toBe('14:05');
  });

  it('of another day is said with its date', () => {
    const midnight = new Date(2026, 10, 24, 0, 5).toISOString();
    expect(formatSoon(midnight, 'sl', now)).toBe('24. 11. 2026, 00:05');
    expect(formatSoon(midnight, 'en', now)).toContain('24 November 2026');
  });
});
