import { describe, expect, it } from 'vitest';
import { defaultPurposeCode, isPurposeCode, purposeCodes } from '../../../server/payments/purpose-code.ts';

describe('purpose codes', () => {
  it('of the list can stand in a QR code, the usual one among them', () => {
    const codes = Object.keys(purposeCodes);
    expect(codes.filter((code) => !isPurposeCode(code))).toEqual([]);
    expect(codes).toContain(defaultPurposeCode);
  });

  it('has no tax among them: a housing bill is none', () => expect(Object.keys(purposeCodes)).not.toContain('HSTX'));

  // ZBS's list has codes with digits, which the structure of the QR code forbids.
  it.each(['cost', 'COS', 'COSTS', 'B112', 'ČOST', '', 'COST\n'])('%j is none', (code) => {
    expect(isPurposeCode(code)).toBe(false);
  });
});
