import { describe, expect, it } from 'vitest';
import { isCommonPassword } from '../../contract/schemas/common-password.ts';
import { ownPasswordContext, ownPasswordSchema } from '../../contract/schemas/own-password.ts';

describe('a common password', () => {
  it.each([
    ...['P@ssw0rd', 'P@ssw0rd1!', 'Password123456!', 'Passw0rd5!', 'Letmein!1', 'Welcome1!', 'Iloveyou2!', 'Trustno1!'],
    ...['Geslo123!', 'Geslo-123', 'G3slo!2026', 'Gesl0123!', 'Geslogeslo1!', 'Moje-geslo-7', 'Ljubljana2026!'],
    ...['Maribor1!', 'M@r1b0r!9', 'Slovenija1991!', '$lovenija1', '!Sonce12', '123Sončnica!', 'Poletje2026!'],
    ...['Žiga1234!', 'Novak-Janez1', 'Ivan01011980!', 'Olimpija1!', 'LukaDončić77!', 'Admin123!'],
    ...['Razdelilnik1!', 'Iiportal1!', 'Upravnik-2026', 'Geslo🙂123'],
  ])('is %j: one or two common words', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each([
    ...[
      'Qwerty123!',
      'Qwertz12!',
      'Asdfgh1!',
      'Yxcvbnm1!',
      'Abcdefg1!',
      '1Qay2wsx!',
      '1q2w3e4R!',
      'Zaq12wsx!',
      '!QAZ2wsx',
    ],
    ...['Aaaaaaa1!', 'Xx12345!', 'Aa1!Aa1!', 'Xq7!Xq7!Xq7!', 'ABCabc123!', '12345678Aa!', '🙂🙂🙂🙂🙂🙂Aa1'],
  ])('is %j: runs of keys, or a few signs again and again', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each([
    ...['Kratko1!', 'Ščžćđ 12', 'Dolgo-geslo-7', 'Zelena-žlica-12', 'Prenova Kopalnice 2019!', 'Trnova-Pot4'],
    ...['K7#94!2%b', '7#kQ9!x2', 'vR4$mzQp', 'tp9!Wuvz', '🙂🙃😀😎🤖Aa1', '🐄🌻🚲🎻🧦🥨☂️Žž7'],
  ])('is not %j', (password) => {
    expect(isCommonPassword(password)).toBe(false);
  });

  it.each([
    ...['Geslo ljubljana sonce 7 Morje', 'correct Horse battery staple 1!', 'Konj-baterija-sponka-7Prav'],
    `Qwerty ${'zelena trava raste počasi '.repeat(6)}1`,
  ])('is not %j, though there are common words in it', (passphrase) => {
    expect(isCommonPassword(passphrase)).toBe(false);
  });

  it('is not what is made by chance, but for very few', () => {
    // A fixed sequence: this test must say the same every time.
    let state = 20261123;
    const next = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const make = () => Array.from({ length: 10 }, () => String.fromCharCode(33 + next(94))).join('');
    const common = Array.from({ length: 5000 }, make).filter((password) => isCommonPassword(password));
    expect(common.length).toBeLessThan(10);
  });

  it('takes no time, whatever is typed', () => {
    const longest = ['Aa1!zQ'.repeat(33), 'a'.repeat(200), 'Geslo'.repeat(40), '1!|'.repeat(66), '🙂'.repeat(100)];
    longest.push(`Aa1!${'\ufdfa'.repeat(195)}x`);
    const start = performance.now();
    for (const password of longest) isCommonPassword(password);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('what is known of the person', () => {
  const context = ownPasswordContext(
    'xenija.kovacec@primer.si',
    'Xenija',
    'Kovačec',
    '104217',
    'Domovanje Plus d.o.o.',
  );

  it.each([
    ...[
      'Xenija-77!',
      'Kovacec1!',
      'Xenija.Kovačec1',
      'XenijaKovacec1!',
      'Domovanje1!',
      'X3nij@.Kovacec',
      '104217Xenija!',
    ],
    ...['Kov@čec2026!', 'Xenija104217!'],
  ])('makes no password: %j', (password) => {
    expect(isCommonPassword(password, context)).toBe(true);
    expect(isCommonPassword(password)).toBe(false);
  });

  it('may be part of a longer one, and short words are no part of it', () => {
    expect(isCommonPassword('Xenija ima rada zeleno 7!', context)).toBe(false);
    expect(isCommonPassword('Bohotno-7', ownPasswordContext('bo@primer.si', 'Bo', '7'))).toBe(false);
  });

  it('does not include the host of the mail', () => {
    expect(isCommonPassword('Primerno7!', ownPasswordContext('ana@primerno.si'))).toBe(false);
  });
});

describe('the own password', () => {
  it('is refused with a rule of its own when it is common', () => {
    const faults = ownPasswordSchema.safeParse('Ljubljana-1').error?.issues.map(({ message }) => message);
    expect(faults).toEqual(['common_password']);
  });

  it('may be of 64 characters and more, and of emoji', () => {
    for (const password of [`${'Zelena žlica 7, '.repeat(5)}`, '🙂🙃😀😎🤖Aa1']) {
      expect(ownPasswordSchema.safeParse(password).success).toBe(true);
    }
  });
});
