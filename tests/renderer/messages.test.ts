import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { auditActions } from '../../contract/audit-actions.ts';
import { errorCodes } from '../../contract/errors.ts';
import { ownPasswordRuleNames } from '../../contract/schemas/own-password.ts';
import { en } from '../../src-renderer/shared/i18n/en/index.ts';
import { i18n, slovenePlural, speak } from '../../src-renderer/shared/i18n/index.ts';
import { sl } from '../../src-renderer/shared/i18n/sl/index.ts';

type Messages = { readonly [key: string]: string | Messages };

const flat = (messages: Messages, prefix = ''): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  );

const slovene = new Map(flat(sl));
const english = new Map(flat(en));

const root = path.resolve(import.meta.dirname, '../../src-renderer');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name) && !/i18n\/(sl|en)\//.test(name))
  .map((name) => ({ name, text: readFileSync(path.join(root, name), 'utf8') }));

const forms = (message: string): number => message.split(' | ').length;
const parameters = (message: string): string[] =>
  [...new Set([...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();

describe('the words of the interface', () => {
  it('has the same keys in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...slovene.keys()].sort());
  });

  it('has nothing empty, and nothing left in the other language', () => {
    const same = [...slovene]
      .filter(([key, text]) => text.length > 14 && english.get(key) === text)
      .map(([key]) => key);
    expect([...slovene, ...english].filter(([, text]) => text.trim() === '')).toEqual([]);
    // A drawn slip is as Slovene as the real one, and two lines are names and numbers.
    const readTheSame = /^(guest\.picture\..*|guest\.address|thisComputer\.version)$/;
    expect(same.filter((key) => !readTheSame.test(key))).toEqual([]);
  });

  it('has a sentence for every error code, and no others', () => {
    expect(Object.keys(sl.errors).sort()).toEqual([...errorCodes].sort());
  });

  it('has a sentence for every deed of the audit log, and no others', () => {
    const keys = flat(sl.audit.deed).map(([key]) => key);
    expect(keys.sort()).toEqual([...auditActions].sort());
  });

  it('has words for every piece of the password rule', () => {
    expect(Object.keys(sl.guest.registration.rule)).toEqual(ownPasswordRuleNames);
  });

  it('counts in four forms in Slovene and in two in English', () => {
    const counted = [...slovene].filter(([, text]) => text.includes(' | '));
    expect(counted.length).toBeGreaterThan(0);
    for (const [key, text] of counted) {
      expect([key, forms(text)]).toEqual([key, 4]);
      expect([key, forms(english.get(key) ?? '')]).toEqual([key, 2]);
    }
  });

  it('fills the same gaps in both languages', () => {
    for (const [key, text] of slovene)
      expect([key, parameters(english.get(key) ?? '')]).toEqual([key, parameters(text)]);
  });

  it('can be put together: every message compiles', () => {
    for (const language of ['sl', 'en'] as const) {
      speak(language);
      for (const key of slovene.keys()) expect(i18n.global.t(key, { n: 1 }, 1)).not.toBe(key);
    }
    speak('sl');
  });

  it('has every key that a page asks for', () => {
    const asked = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((match) => ({ name, key: match[1] ?? '' })),
    );
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter(({ key }) => !slovene.has(key))).toEqual([]);
  });
});

describe('the Slovene plural', () => {
  it.each([
    [1, 0],
    [101, 0],
    [2, 1],
    [102, 1],
    [3, 2],
    [4, 2],
    [5, 3],
    [11, 3],
    [0, 3],
    [100, 3],
  ])('of %i is form %i', (count, form) => {
    expect(slovenePlural(count)).toBe(form);
  });
});
