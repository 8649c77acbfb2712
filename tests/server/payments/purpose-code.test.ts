import { describe, expect, it } from 'vitest';
import { purposeCodes } from '../../../contract/schemas/purpose-code.ts';
import { isPurposeCode } from '../../../server/payments/purpose-code.ts';

describe('purpose codes', () => {
  it('of the list can stand in a QR code, each once', () => {
    expect(purposeCodes.filter((code) => !isPurposeCode(code))).toEqual([]);
    expect(new Set(purposeCodes).size).toBe(purposeCodes.length);
  });

  it('have no tax among them: a housing bill is none', () => expect(purposeCodes).not.toContain('HSTX'));

  // The banks' list has codes with digits, which the structure of the QR code forbids.
  it.each(['cost', 'COS', 'COSTS', 'B112', 'ČOST', '', 'COST\n'])('%j is none', (code) => {
    expect(isPurposeCode(code)).toBe(false);
  });
});
