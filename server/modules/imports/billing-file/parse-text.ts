import { line } from '../../../../contract/schemas/text.ts';
import { toLatin2 } from '../../../payments/latin2.ts';
import { isPrintable } from '../../../pdf/engine/printable.ts';
import { Broken, broken } from './faults.ts';

type Parse = (text: string) => string | Broken;

/** Most cells are plain words in one composed form: for them this test replaces the contract's slower pipeline. */
const simple = /^[!-~\u00c0-\u017e]+(?: [!-~\u00c0-\u017e]+)*$/;

/** The contract's rule for one line: NFC, single spaces, nothing invisible. */
function parseLine(max: number): Parse {
  const schema = line(max);
  return (text) => {
    if (text.length <= max && simple.test(text)) return text;
    const result = schema.safeParse(text);
    if (result.success) return result.data;
    return broken(
      result.error.issues.some(({ message }) => message === 'too_long') ? 'too_long' : 'invisible_characters',
    );
  };
}

const onPaper = (text: string): string | Broken => (isPrintable(text) ? text : broken('unprintable'));

/** A cell of text, one line. It comes onto paper: the fonts of the slip must have its letters. */
export function parseText(max: number): Parse {
  const parse = parseLine(max);
  return (text) => {
    const value = parse(text);
    return value instanceof Broken ? value : onPaper(value);
  };
}

/** Text that goes onto payment orders too, whose character set is ISO 8859-2. It is kept as it was written. */
export function parsePaymentText(max: number): Parse {
  const parse = parseLine(max);
  return (text) => {
    const value = parse(text);
    if (value instanceof Broken) return value;
    return toLatin2(value).ok ? onPaper(value) : broken('characters');
  };
}

/**
 * UTF-8 read as Windows-1250 leaves traces of its own: č becomes ÄŤ, š becomes Ĺˇ, ž becomes Ĺľ. Such a cell in a file
 * that is not UTF-8 means that two encodings were pasted together.
 */
const traces = /Ä[ŤŚ‡†‘\u0090]|Ĺ[ˇ\u00a0ľ˝]|â‚¬|Â[\u00a0\u0080-\u00bf]/u;

export const looksDecodedTwice = (text: string): boolean => traces.test(text);
