import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapWords } from '../../../server/pdf/wrap.ts';

const length = (text: string): number => [...text].length;

describe('wrapping', () => {
  it('breaks at blanks, and inside a word only when it is wider than a line', () => {
    expect(wrapWords('po ogrevalni površini', 13, length)).toEqual(['po ogrevalni', 'površini']);
    expect(wrapWords('a veleblagovnica b', 6, length)).toEqual(['a', 'velebl', 'agovni', 'ca b']);
  });

  it('loses no character and makes no line that is too wide', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 30 }), (text, width) => {
        const lines = wrapWords(text, width, length);
        expect(lines.join('').replace(/[ \t\r\n]/g, '')).toBe(text.replace(/[ \t\r\n]/g, ''));
        expect(lines.every((line) => length(line) <= width)).toBe(true);
      }),
    );
  });

  it('breaks a word of a million characters in no time', () => {
    const start = performance.now();
    const lines = wrapWords('x'.repeat(1_000_000), 5, length);
    expect(lines).toHaveLength(200_000);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
