import { typefaces } from './typeface.ts';

/** Written as they are: nothing to compose, nothing to leave out. */
const plain = /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u017f–—‘’‚“”„…•€−]*$/;

/**
 * A text as it is drawn: composed (NFC), each blank a space (those that do not break stay so), hyphens that do not
 * break as hyphens, and without what is invisible anyway (soft hyphens, marks of direction, joiners). A character
 * above the basic plane becomes the sign for an unknown one: it has no glyph.
 */
export function drawnText(text: string): string {
  if (plain.test(text)) return text;
  return text
    .normalize('NFC')
    .replace(/[\u2007\u202f]/g, '\u00a0')
    .replace(/[^\S\u00a0]/g, ' ')
    .replaceAll('\u2011', '-')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u{10000}-\u{10ffff}]/gu, '\ufffd');
}

/** The characters of a text that paper would show as empty boxes, each once, as they were written. */
export function unprintable(text: string): string[] {
  if (plain.test(text)) return [];
  const { regular, semibold, bold } = typefaces;
  const isDrawn = (character: string): boolean =>
    [...drawnText(character)].every((drawn) =>
      [regular, semibold, bold].every((face) => face.has(drawn.codePointAt(0) ?? 0)),
    );
  return [...new Set(text.normalize('NFC'))].filter((character) => !isDrawn(character));
}

/** Whether every character of the text has its picture in the fonts of the documents. */
export const isPrintable = (text: string): boolean => unprintable(text).length === 0;
