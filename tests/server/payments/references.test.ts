import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIban, isIban, normalizeIban } from '../../../server/payments/iban.ts';
import { mod97 } from '../../../server/payments/mod97.ts';
import {
  formatReference,
  isReference,
  normalizeReference,
  referenceFault,
} from '../../../server/payments/reference.ts';
import { isRfReference, makeRfReference } from '../../../server/payments/rf-reference.ts';
import { makeSiReference, siCheckDigit, siModels, siReferenceFault } from '../../../server/payments/si-reference.ts';
import vectors from './fixtures/upn-vectors.json' with { type: 'json' };

describe('SI references', () => {
  it.each([
    ...vectors.siReferences.valid,
    'SI129990000359896',
    'SI0598765432100',
    'SI081236-17-345679',
    'SI011-24',
    'SI03140-140-140',
    'SI00123456-67890-12345',
  ])('%s is right', (reference) => {
    expect(siReferenceFault(reference)).toBeUndefined();
  });

  it.each(vectors.siReferences.invalid)('%s is wrong', (reference) => {
    expect(siReferenceFault(reference)).toBeDefined();
  });

  it.each([
    ...vectors.siReferences.checkDigit,
    { digits: '14', k: 0 },
    { digits: '123456789012', k: 0 },
    { digits: '104217202606', k: 7 },
  ])('the check digit of $digits is $k', ({ digits, k }) => {
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
    ['SI001234567890-1234567890-1', 'reference_length'],
    ['SI00-1', 'reference_parts'],
    ['SI001--1', 'reference_parts'],
    ['SI0214-140', 'reference_parts'],
    ['SI11140', 'reference_parts'],
    ['SI05141', 'reference_check_digit'],
    ['SI081236-17-345670', 'reference_check_digit'],
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

  const models = Object.entries(siModels).flatMap(([name, { parts, checked }]) =>
    Array.from({ length: parts[1] - parts[0] + 1 }, (_, more) => ({ name, count: parts[0] + more, checked })),
  );

  it.each(models)('model $name of $count parts: what is made is right, another check digit is not', (it) => {
    // Check digits over joined parts cover no more than twelve digits.
    const part = fc.integer({ min: 1, max: 9_999 }).map(String);
    fc.assert(
      fc.property(fc.array(part, { minLength: it.count, maxLength: it.count }), (parts) => {
        const made = makeSiReference(it.name, parts) ?? '';
        expect(siReferenceFault(made)).toBeUndefined();
        if (!it.checked.some((group) => group.includes(it.count - 1))) return;
        const other = `${made.slice(0, -1)}${(Number(made.at(-1)) + 1) % 10}`;
        expect(siReferenceFault(other)).toBe('reference_check_digit');
      }),
    );
  });

  it('does not invent a check over more digits than the rules have weights for', () => {
    expect(makeSiReference('12', ['1234567890123'])).toBeUndefined();
  });
});

describe('RF references', () => {
  const valid = ['RF81352ADD05899', 'RF18539007547034', 'RF45G72UUR', 'RF44104217202606'];

  it.each([...vectors.rfReferences.valid, ...valid])('%s is right, and made from its content', (reference) => {
    expect(isRfReference(reference)).toBe(true);
    expect(makeRfReference(reference.slice(4))).toBe(reference);
  });

  it.each([...vectors.rfReferences.invalid, 'RF35C4', 'RF', 'RF45', 'rf45SBO2010', `RF45${'1'.repeat(22)}`])(
    '%s is wrong',
    (reference) => {
      expect(isRfReference(reference)).toBe(false);
      expect(referenceFault(reference)).toBeDefined();
    },
  );
});

/** Each has a remainder of 1, and another check digit that is computed. */
describe('RF check digits that are never computed', () => {
  it.each(['00', '01', '99'])('%s is wrong', (check) => {
    const contents = Array.from({ length: 97 }, (_, index) => String(index));
    const passing = contents.filter((content) => mod97(`${content}RF${check}`) === 1);
    expect(passing.length).toBeGreaterThan(0);
    for (const content of passing) expect(isRfReference(`RF${check}${content}`)).toBe(false);
  });
});

const seeds = ['SI56990000012345646', 'SI56990000033333342'];

describe('IBAN', () => {
  it.each([
    ...vectors.iban.valid,
    ...vectors.iban.fictitious,
    ...seeds,
    'SI56051008010486080',
    'SI56263300012039086',
    'SI56191000000123438',
  ])('%s is right', (iban) => {
    expect(isIban(iban)).toBe(true);
  });

  it.each([...vectors.iban.invalid, 'SI57990000012345646', 'SI56031001001018518', '', 'si56020170014356205'])(
    '%j is wrong',
    (iban) => {
      expect(isIban(iban)).toBe(false);
    },
  );

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
