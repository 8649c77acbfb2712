import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latin2Bytes, toLatin2 } from '../../../server/payments/latin2.ts';

const decode = (bytes: Uint8Array) => new TextDecoder('iso-8859-2').decode(bytes);

describe('Latin 2', () => {
  it.each([
    ['Čšž ćđ', 'Čšž ćđ'],
    ['C\u030ceh', 'Čeh'],
    ['50 €', '50 EUR'],
    ['54,2 m²', '54,2 m2'],
    ['„Blok“ – vhod 3…', '"Blok" - vhod 3...'],
    ['Núñez', 'Núnez'],
    ['a\u00a0b', 'a b'],
    [' a  b ', 'a b'],
    ['3 m³, 10⁻² m, 21 ℃', '3 m3, 10-2 m, 21 °C'],
    ['½ deleža, 1⅓', '1/2 deleža, 11/3'],
    ['‚A’ ‹B› «C» ′ ″', "'A' 'B' \"C\" ' \""],
    ['a‐b‑c‒d–e—f―g−h', 'a-b-c-d-e-f-g-h'],
    ['ﬁlm, ǆep, ㎡, №\u00a07, Ⅳ, Ａ１, ™', 'film, džep, m2, No 7, IV, A1, TM'],
    ['Citroën à São Åse Ørsted Łódź Ćosić Đurđa', 'Citroën a Sao Ase Orsted Łódź Ćosić Đurđa'],
    ['x\u030c', 'x'],
    ['± 5 µm · ® ©', '+/- 5 um - (R) (c)'],
    ['dvo\u00adžilni', 'dvožilni'],
    ['prva\tdruga\ntretja\u2009četrta', 'prva druga tretja četrta'],
  ])('%j becomes %j', (text, expected) => {
    expect(toLatin2(text)).toEqual({ ok: true, text: expected });
  });

  it('names what it cannot write', () => {
    expect(toLatin2('Иван 🙂 И')).toEqual({ ok: false, unmapped: ['И', 'в', 'а', 'н', '🙂'] });
    expect(() => latin2Bytes('€')).toThrow(RangeError);
  });

  it.each(['Jo\u0160e \u008a', 'a\u0000b', 'a\u200bb', '→', 'Ωmega', 'Й'])('does not lose %j silently', (text) => {
    expect(toLatin2(text).ok).toBe(false);
  });

  it('maps whatever it maps to bytes that read back as the same text, and leaves mapped text alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const mapped = toLatin2(text);
        if (!mapped.ok) return;
        expect(decode(latin2Bytes(mapped.text))).toBe(mapped.text);
        expect(toLatin2(mapped.text)).toEqual(mapped);
      }),
      { numRuns: 2000 },
    );
  });
});
