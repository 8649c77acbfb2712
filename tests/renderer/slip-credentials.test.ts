import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slipPasswordAlphabet } from '../../contract/schemas/slip-password.ts';
import { payerCodeIn } from '../../src-renderer/modules/guest/slip-credentials.ts';
import { groupSlipPassword } from '../../src-renderer/shared/format/slip-password.ts';

describe('a slip password that is being typed', () => {
  it.each([
    ['', ''],
    ['k7q', 'K7Q'],
    ['k7qm', 'K7QM'],
    ['k7qm3', 'K7QM-3'],
    ['K7QM-3XRT9wvdt', 'K7QM-3XRT-9WVDT'],
    [' k7qm 3xrt 9wvdt ', 'K7QM-3XRT-9WVDT'],
    ['K7QM–3XRT–9WVDT', 'K7QM-3XRT-9WVDT'],
  ])('groups %j', (typed, shown) => {
    expect(groupSlipPassword(typed, typed.length)).toEqual({ text: shown, caret: shown.length });
  });

  it('keeps the caret where the person corrects', () => {
    // An X typed into K7QM-|3XRT: it stands before the caret, in front of the 3.
    expect(groupSlipPassword('K7QM-X3XRT', 6)).toEqual({ text: 'K7QM-X3XR-T', caret: 6 });
    // The 3 of K7QM-3XRT-9 taken away with the caret behind the hyphen.
    expect(groupSlipPassword('K7QM-XRT-9', 5)).toEqual({ text: 'K7QM-XRT9', caret: 4 });
  });

  it('loses no character and none from before the caret, whatever is typed where', () => {
    const text = fc.string({ unit: fc.constantFrom(...slipPasswordAlphabet, '-', ' '), maxLength: 24 });
    fc.assert(
      fc.property(text, fc.nat(24), (typed, at) => {
        const caret = Math.min(at, typed.length);
        const bare = (part: string) => part.replace(/[-\s]/g, '');
        const grouped = groupSlipPassword(typed, caret);
        expect(bare(grouped.text)).toBe(bare(typed));
        expect(bare(grouped.text.slice(0, grouped.caret))).toBe(bare(typed.slice(0, caret)));
      }),
    );
  });
});

describe('a payer code where an e-mail address belongs', () => {
  it('is recognised, in capitals', () => {
    expect(payerCodeIn(' 104217 ')).toBe('104217');
    expect(payerCodeIn('a-17/3')).toBe('A-17/3');
  });

  it.each(['ana@primer.si', '', 'ana novak', '104217@'])('is not seen in %j', (typed) => {
    expect(payerCodeIn(typed)).toBe('');
  });
});
