import { foldText } from '../../../contract/schemas/fold-text.ts';

/**
 * How well a text fits what is typed, č found by c: 0 where it begins with it, 1 where a word of it does, 2 where it has
 * each word somewhere; null where it has not.
 */
export function rank(text: string, typed: string): number | null {
  const [said, wanted] = [foldText(text), foldText(typed)];
  if (said.startsWith(wanted)) return 0;
  if (said.includes(` ${wanted}`)) return 1;
  return wanted.split(' ').every((word) => said.includes(word)) ? 2 : null;
}
