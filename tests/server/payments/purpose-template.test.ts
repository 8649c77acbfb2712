import { describe, expect, it } from 'vitest';
import { expandPurpose, purposeTemplateFault } from '../../../server/payments/purpose-template.ts';

const values = { payerCode: '104217', slipNumber: '2026-10-0001', period: '2026-10' };

describe('purpose template', () => {
  it.each([
    ['Razdelilnik {period}', 'Razdelilnik 10/2026'],
    ['Račun {slip}, plačnik {payer}', 'Račun 2026-10-0001, plačnik 104217'],
    ['Stroški – 5 € za m²', 'Stroški - 5 EUR za m2'],
    ['Obratovalni in vzdrževalni stroški stavbe {period}', 'Obratovalni in vzdrževalni stroški stavbe'],
    ['{period}{period}', '10/202610/2026'],
  ])('%s', (template, value) => {
    expect(purposeTemplateFault(template)).toBeUndefined();
    expect(expandPurpose(template, values)).toEqual({ ok: true, value });
  });

  it.each([
    ['Razdelilnik {obdobje}', 'template_placeholder'],
    ['Razdelilnik {period', 'template_placeholder'],
    ['Раздел {period}', 'characters'],
  ])('%j is refused: %s', (template, fault) => {
    expect(purposeTemplateFault(template)).toBe(fault);
    expect(expandPurpose(template, values)).toEqual({ ok: false, fault });
  });

  it('says when a value has letters that no payment order can carry', () => {
    expect(expandPurpose('Račun {slip}', { ...values, slipNumber: 'Ж-7' })).toEqual({ ok: false, fault: 'characters' });
  });

  it('fills in values as they are, also when they look like a placeholder', () => {
    expect(expandPurpose('{slip}', { ...values, slipNumber: '{payer}' })).toEqual({ ok: true, value: '{payer}' });
  });
});
