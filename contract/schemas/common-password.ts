import { commonWords } from './common-words.ts';

/** Parts that a password must have beyond decoration not to be common. */
const enoughParts = 3;

const words: ReadonlySet<string> = new Set(commonWords.trim().split(/\s+/));

/** Rows of keys, of American and of Slovene keyboards, and paths over them that fingers like. */
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  '!@#$%^&*()',
  '!"#$%&/()=?',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1qay2wsx3edc4rfv5tgb6zhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
  '1q2w3e4r5t6z7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'q1w2e3r4t5z6u7i8o9p0',
  'qazwsxedcrfvtgbyhnujmikolp',
  'qaywsxedcrfvtgbzhnujmikolp',
];

const reversed = (text: string): string => [...text].reverse().join('');

/** Between two rows stands what no password has, so that no run goes from one into the next. */
const runs = [...rows, ...rows.map(reversed)].join('\n');

/** A stretch of keys side by side, or something short again and again: "qwe", "321", "aaaa", "xyxy". */
const isRun = (text: string): boolean => (text.length >= 3 && runs.includes(text)) || /^(.{1,3})\1+$/su.test(text);

/** In lower case and without accents, as the words are. */
const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');

const lookAlikes: Readonly<Record<string, string>> = {
  ...{ '@': 'a', '4': 'a', '8': 'b', '(': 'c', '3': 'e', '€': 'e', '6': 'g', '9': 'g', '0': 'o' },
  ...{ '5': 's', $: 's', '7': 't', '+': 't', '2': 'z' },
};

/** As it stands, and with each look-alike read as the letter; some are read as i by one and as l by another. */
const readings = (text: string): string[] => [
  text,
  ...['i', 'l'].map((stroke) => text.replace(/[1!|]/g, stroke).replace(/[^a-z]/gu, (sign) => lookAlikes[sign] ?? sign)),
];

/** A year, a date, a few digits or a run of them. */
const isUsualNumber = (digits: string): boolean =>
  digits.length <= 4 ||
  isRun(digits) ||
  /^(\d{4})?(0?[1-9]|[12]\d|3[01])(0[1-9]|1[0-2]|[12]\d|3[01])(\d{2}|\d{4})?$/.test(digits);

/** A number or a sign or two, or the same sign as often as one likes. */
const before = /^(?:(\d*)|[^\p{L}\p{N}]|([^\p{L}\p{N}])\2+)$/u;

/** A number with a sign or two beside it, or one on each side, or just signs. */
const after =
  /^(?:[^\p{L}\p{N}]{0,2}(\d*)|(\d*)[^\p{L}\p{N}]{0,2}|[^\p{L}\p{N}](\d*)[^\p{L}\p{N}]|(\d*)([^\p{L}\p{N}])\5+)$/u;

/** What people put around a word to satisfy a rule: "123" before it; "!!1", "2026*" after it. */
const isDecoration = (text: string, form: RegExp): boolean =>
  form.test(text) && isUsualNumber(text.replace(/\D/gu, ''));

/** The parts of what somebody is called or has, each by itself and all in one: "ana.novak" is ana, novak, ananovak. */
function wordsOf(context: readonly string[]): Set<string> {
  const parts = context.map((text) => fold(text).split(/[^\p{L}\p{N}]+/u));
  return new Set(parts.flatMap((found) => [...found, found.join('')]).filter((word) => word.length >= 3));
}

const longestPart = 40;

/**
 * Of how few parts the text can be put together: a common word, one of the context, a run, or a single character count
 * as one each; a sign before a word, and decoration at both ends, count nothing. Counts no further than `enoughParts`.
 */
function countParts(text: string, own: ReadonlySet<string>): number {
  const characters = [...text];
  const cut = (from: number, to?: number) => characters.slice(from, to).join('');
  const isWord = (part: string) => readings(part).some((reading) => words.has(reading) || own.has(reading));
  const isPart = (part: string) => isWord(part) || isRun(part) || isWord(part.replace(/^[^\p{L}\p{N}]/u, ''));
  const fewest: number[] = Array.from({ length: characters.length + 1 }, (_, end) =>
    isDecoration(cut(0, end), before) ? 0 : enoughParts,
  );
  for (let start = 0; start < characters.length; start += 1) {
    const parts = (fewest[start] ?? 0) + 1;
    if (parts >= enoughParts) continue;
    for (let end = start + 1; end <= Math.min(characters.length, start + longestPart); end += 1) {
      if (parts < (fewest[end] ?? 0) && (end === start + 1 || isPart(cut(start, end)))) fewest[end] = parts;
    }
  }
  return Math.min(...fewest.filter((_, end) => isDecoration(cut(end), after)));
}

/** Nobody's list has longer ones. A single character may unfold into a whole phrase: two hundred of those take long. */
const longestText = 200;

/**
 * Whether a password is one of those that are tried first: one or two common words, words of the context or runs of
 * keys, in any case, with look-alikes ("P@ssw0rd"), with digits and signs around them, or a short text again and again.
 * Three words are enough to be none.
 * @param context what others know of the person: name, e-mail address, payer code, manager's name
 */
export function isCommonPassword(password: string, context: readonly string[] = []): boolean {
  const text = fold(password);
  if (text.length > longestText) return false;
  const [, repeated = text] = /^(.+?)\1+$/su.exec(text) ?? [];
  return countParts(repeated, wordsOf(context)) < enoughParts;
}
