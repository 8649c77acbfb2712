import { describe, expect, it } from 'vitest';
import { expandReference, parseReferenceTemplate } from '../../../server/payments/reference-template.ts';

const values = { payerCode: '104217', slipNumber: '2026-10-0001', period: '2026-10' };

function expand(text: string, over: Partial<typeof values> = {}) {
  const template = parseReferenceTemplate(text);
  if (!template.ok) throw new Error(template.fault);
  return expandReference(template.value, { ...values, ...over });
}

describe('reference template', () => {
  it.each([
    ['SI12 {payer}{period}', 'SI121042172026105'],
    ['SI00 {payer}-{period}', 'SI00104217-202610'],
    ['SI05 {payer}-{period}', 'SI051042173-202610'],
    ['SI00 5-{slip}', 'SI005-2026100001'],
    ['RF {payer}{period}', 'RF33104217202610'],
    ['SI99', 'SI99'],
  ])('%s', (text, expected) => {
    expect(expand(text)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['', 'template_form'],
    ['SI12', 'template_parts'],
    ['SI12 {payer}-{period}', 'template_parts'],
    ['SI12 {stavba}', 'template_form'],
    ['SI77 {payer}', 'template_model'],
    ['SI99 {payer}', 'template_parts'],
    ['RF {payer}-{period}', 'template_parts'],
    ['SI00 {payer}--1', 'template_form'],
    ['IBAN', 'template_form'],
  ])('%j is refused: %s', (text, fault) => {
    expect(parseReferenceTemplate(text)).toEqual({ ok: false, fault });
  });

  it('says when a value makes the reference too long', () => {
    expect(expand('SI12 {payer}{period}', { payerCode: '1234567' })).toEqual({ ok: false, fault: 'reference_length' });
    expect(expand('RF {slip}', { slipNumber: '1'.repeat(22) })).toEqual({ ok: false, fault: 'reference_length' });
  });

  it('says when a value without digits would vanish and leave several payers one reference', () => {
    const fault = { ok: false, fault: 'reference_characters' };
    expect(expand('SI00 {payer}-{period}', { payerCode: 'A' })).toEqual(fault);
    expect(expand('SI12 {payer}{period}', { payerCode: 'A' })).toEqual(fault);
  });

  it('takes the digits alone, and no zero in front of a later part', () => {
    expect(expand('SI00 {payer}-{slip}', { slipNumber: 'R-007/26' })).toEqual({ ok: true, value: 'SI00104217-726' });
  });
});
