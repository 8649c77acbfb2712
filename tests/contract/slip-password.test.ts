import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatSlipPassword,
  isSlipPassword,
  normalizeSlipPassword,
  slipPasswordAlphabet,
  slipPasswordCheck,
  slipPasswordSchema,
} from '../../contract/schemas/slip-password.ts';

const character = fc.constantFrom(...slipPasswordAlphabet);
const slipPassword = fc
  .array(character, { minLength: 12, maxLength: 12 })
  .map((characters) => characters.join(''))
  .map((body) => body + slipPasswordCheck(body));

describe('slip password', () => {
  it('uses 32 characters, none of which looks like another', () => {
    expect(new Set(slipPasswordAlphabet).size).toBe(32);
    expect(slipPasswordAlphabet).not.toMatch(/[01IO]/);
  });

  it('is accepted in any case, with or without hyphens and blanks', () => {
    fc.assert(
      fc.property(slipPassword, (password) => {
        const printed = formatSlipPassword(password);
        expect(printed).toMatch(/^.{4}-.{4}-.{5}$/);
        for (const typed of [printed, password, printed.toLowerCase(), ` ${printed.replaceAll('-', ' ')} `])
          expect(slipPasswordSchema.parse(typed)).toBe(password);
      }),
    );
  });

  it('catches every single wrong character', () => {
    fc.assert(
      fc.property(slipPassword, fc.nat(12), character, (password, at, wrong) => {
        fc.pre(password[at] !== wrong);
        expect(isSlipPassword(password.slice(0, at) + wrong + password.slice(at + 1))).toBe(false);
      }),
    );
  });

  it('catches every swap of two neighbours', () => {
    fc.assert(
      fc.property(slipPassword, fc.nat(11), (password, at) => {
        const [left, right] = [password.charAt(at), password.charAt(at + 1)];
        fc.pre(left !== right);
        expect(isSlipPassword(password.slice(0, at) + right + left + password.slice(at + 2))).toBe(false);
      }),
    );
  });

  it.each(['', 'K7QM-3XRT', 'K7QM-3XRT-9WVD0', 'K7QM-3XRT-9WVDTP', 'č'.repeat(13)])('is not %j', (typed) => {
    expect(isSlipPassword(typed)).toBe(false);
  });

  it('leaves a half-typed one in groups', () => {
    expect(formatSlipPassword(normalizeSlipPassword('k7qm3xr'))).toBe('K7QM-3XR');
  });
});
