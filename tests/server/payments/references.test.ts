import { describe, expect, it } from 'vitest';
import { formatIban, isIban, normalizeIban } from '../../../server/payments/iban.ts';
import {
  formatReference,
  isReference,
  normalizeReference,
  referenceFault,
} from '../../../server/payments/reference.ts';
import { isRfReference, makeRfReference } from '../../../server/payments/rf-reference.ts';
import { makeSiReference, siCheckDigit, siReferenceFault } from '../../../server/payments/si-reference.ts';
import vectors from './fixtures/upn-vectors.json' with { type: 'json' };

describe('SI references', () => {
  it.each(vectors.siReferences.valid)('%s is right', (reference) => {
    expect(siReferenceFault(reference)).toBeUndefined();
  });

  it.each(vectors.siReferences.invalid)('%s is wrong', (reference) => {
    expect(siReferenceFault(reference)).toBeDefined();
  });

  it.each(vectors.siReferences.checkDigit)('the check digit of $digits is $k', ({ digits, k }) => {
    expect(siCheckDigit(digits)).toBe(k);
  });

  it.each([
    ['SI121033842574532', 'reference_check_digit'],
    ['SI1220261047', 'reference_length'],
    ['SI991', 'reference_characters'],
    ['SI00', 'reference_parts'],
    ['SI001-2-3-4', 'reference_parts'],
    ['SI001-01', 'reference_leading_zero'],
    ['SI001234567890123', 'reference_length'],
    ['SI00123456789012-123456789', 'reference_length'],
    ['SI77123', 'reference_model'],
    ['HR00123', 'reference_model'],
    ['SI0012a', 'reference_characters'],
    ['', 'reference_model'],
  ])('%j breaks %s', (reference, fault) => {
    expect(siReferenceFault(reference)).toBe(fault);
  });

  it.each([
    ['12', ['104217202610'], 'SI121042172026105'],
    ['12', ['2026104'], 'SI120000020261047'],
    ['00', ['3528', '990'], 'SI003528-990'],
    ['05', ['1', '1235', '84503'], 'SI0519-1235-84503'],
    ['11', ['3598062', '6200'], undefined],
    ['99', [], 'SI99'],
  ])('model %s of %j', (model, parts, expected) => {
    const made = makeSiReference(model, parts) ?? '';
    expect(siReferenceFault(made)).toBeUndefined();
    if (expected) expect(made).toBe(expected);
  });

  it('does not invent a check over more digits than the rules have weights for', () => {
    expect(makeSiReference('12', ['1234567890123'])).toBeUndefined();
  });
});

describe('RF references', () => {
  it.each(vectors.rfReferences.valid)('%s is right, and made from its content', (reference) => {
    expect(isRfReference(reference)).toBe(true);
    expect(makeRfReference(reference.slice(4))).toBe(reference);
  });

  it.each(vectors.rfReferences.invalid)('%s is wrong', (reference) => {
    expect(isRfReference(reference)).toBe(false);
    expect(referenceFault(reference)).toBeDefined();
  });
});

describe('IBAN', () => {
  it.each([...vectors.iban.valid, ...vectors.iban.fictitious])('%s is right', (iban) => {
    expect(isIban(iban)).toBe(true);
  });

  it.each([...vectors.iban.invalid, 'SI57990000012345646', '', 'si56020170014356205'])('%j is wrong', (iban) => {
    expect(isIban(iban)).toBe(false);
  });

  it('is read with blanks and in any case', () => {
    expect(isIban(normalizeIban(' si56 0201 7001 4356 205 '))).toBe(true);
  });
});

const printers: Record<string, (value: string) => string> = {
  iban: formatIban,
  siReference: formatReference,
  rfReference: formatReference,
};
const printed = vectors.printed.flatMap(({ kind, input, output }) => {
  const print = printers[kind];
  return print && typeof input === 'string' ? [{ print, input, output }] : [];
});

describe('in print', () => {
  it.each(printed)('$input is $output', ({ print, input, output }) => {
    expect(print(input)).toBe(output);
  });

  it('a reference is read with blanks', () => {
    expect(isReference(normalizeReference('SI12 1234567890120'))).toBe(true);
  });
});
