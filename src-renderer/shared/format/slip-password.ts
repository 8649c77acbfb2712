import { formatSlipPassword, normalizeSlipPassword } from '../../../contract/schemas/slip-password.ts';

/**
 * A slip password as it is being typed, in printed groups, and where the caret then stands: behind as many characters
 * as before. A hyphen typed at the end of a group is not lost on the way.
 */
export function groupSlipPassword(typed: string, caret: number): { text: string; caret: number } {
  const text = formatSlipPassword(normalizeSlipPassword(typed));
  let left = normalizeSlipPassword(typed.slice(0, caret)).length;
  let position = 0;
  while (left > 0 && position < text.length) {
    if (text[position] !== '-') left -= 1;
    position += 1;
  }
  return { text, caret: position };
}
