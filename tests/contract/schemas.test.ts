import { describe, expect, it } from 'vitest';
import { brokenOwnPasswordRules, ownPasswordSchema } from '../../contract/schemas/own-password.ts';
import { payerCodeSchema } from '../../contract/schemas/payer-code.ts';
import { emailSchema, requiredLine } from '../../contract/schemas/text.ts';
import { daySchema, periodSchema } from '../../contract/schemas/time.ts';

const rulesOf = (result: { error?: { issues: { message: string }[] } }) =>
  result.error?.issues.map((issue) => issue.message) ?? [];

describe('own password', () => {
  it.each([
    ['Kratko1!', []],
    ['Ščžćđ 12', []],
    ['kratko1!', ['upper']],
    ['KRATKO1!', ['lower']],
    ['Kratkooo!', ['digit']],
    ['Kratko123', ['special']],
    ['Krt1!', ['length']],
    ['', ['length', 'lower', 'upper', 'digit', 'special', 'common']],
    ['🙂🙃😀😎Ab1', ['length']],
    ['🙂🙃😀😎🤖Ab1', []],
    ['Ljubljana-1', ['common']],
  ])('%j breaks %j', (password, broken) => {
    expect(brokenOwnPasswordRules(password)).toEqual(broken);
    const faults = broken.map((rule) => (rule === 'common' ? 'common_password' : rule));
    expect(rulesOf(ownPasswordSchema.safeParse(password))).toEqual(faults);
  });

  it('may be long, but not endless', () => {
    expect(ownPasswordSchema.safeParse('Zelena žlica 7, grm. '.repeat(9)).success).toBe(true);
    expect(rulesOf(ownPasswordSchema.safeParse('Zelena žlica 7, grm. '.repeat(10)))).toContain('too_long');
  });
});

describe('a line of text', () => {
  it('is trimmed, composed and single-spaced', () => {
    expect(requiredLine(20).parse('  Ana   C\u030copic ')).toBe('Ana Čopic');
  });

  it.each([
    ...['Ana\u202e', 'A\u200bna', 'Ana\u0000', 'Ana\ud800', 'Ana\r\nBcc: vsi@primer.si', 'Ana\u2028', 'Ana\ufeff'],
    ...['\u3164', '\u115f', '\uffa0', '\u2800', 'Ana\u034f', 'Ana\u180e', 'Ana\ufe0f', 'Ana\u{e0041}', 'Ana\ufff9'],
  ])('holds nothing invisible: %j', (text) => {
    expect(rulesOf(requiredLine(40).safeParse(text))).toContain('invisible_characters');
  });

  it('says whether it is empty or too long', () => {
    expect(rulesOf(requiredLine(5).safeParse('   '))).toEqual(['required']);
    expect(rulesOf(requiredLine(5).safeParse('predolgo'))).toEqual(['too_long']);
  });
});

describe('e-mail', () => {
  it('is compared in lower case', () => {
    expect(emailSchema.parse(' Ana.Novak@Primer.SI ')).toBe('ana.novak@primer.si');
  });

  it.each([
    ['ana@Čebela.si', 'ana@xn--ebela-gya.si'],
    ['ana@xn--ebela-gya.si', 'ana@xn--ebela-gya.si'],
    ['ana@pošta.čebela.si', 'ana@xn--pota-h6a.xn--ebela-gya.si'],
  ])('%s is one address however its domain is written', (typed, address) => {
    expect(emailSchema.parse(typed)).toBe(address);
  });

  it.each([
    'ana@č.si:8080',
    'ana@č.si/pot',
    'ana@č.si?a',
    'ana@kdo@č.si',
    'čebela@primer.si',
    'ana@pr\u0131mer',
    `ana@${'č'.repeat(300)}.si`,
  ])('is not %s', (text) => {
    expect(emailSchema.safeParse(text).success).toBe(false);
  });

  it.each(['ana', 'ana@', 'ana@primer', 'ana novak@primer.si'])('is not %j', (text) => {
    expect(emailSchema.safeParse(text).success).toBe(false);
  });
});

describe('payer code', () => {
  it.each([
    ['104217', '104217'],
    [' ab-12/3 ', 'AB-12/3'],
  ])('%j is %j', (typed, code) => {
    expect(payerCodeSchema.parse(typed)).toBe(code);
  });

  it.each(['', '-1', '1-', 'a b', 'č1', '1'.repeat(21), 'ana@primer.si'])('is not %j', (typed) => {
    expect(payerCodeSchema.safeParse(typed).success).toBe(false);
  });
});

describe('time', () => {
  it('knows months and days that exist', () => {
    expect(periodSchema.safeParse('2026-12').success).toBe(true);
    expect(periodSchema.safeParse('2026-13').success).toBe(false);
    expect(daySchema.safeParse('2028-02-29').success).toBe(true);
    expect(daySchema.safeParse('2026-02-29').success).toBe(false);
  });
});
