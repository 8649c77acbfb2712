import type { DocumentFacts } from './engine/pdf-file.ts';
import { drawLetter, type Letter, type LettersHead } from './letter.ts';
import { Sheet } from './sheet.ts';
import type { RenderedSlip } from './slip-pdf.ts';

export type { Letter, LettersHead } from './letter.ts';

/** Letters with slip passwords, a page each in the order given, to be put into one file (merged-pdf.ts). */
export function renderLetters(letters: readonly Letter[], head: LettersHead): RenderedSlip {
  const sheet = new Sheet();
  for (const letter of letters) {
    sheet.addPage();
    drawLetter(sheet, letter, head);
  }
  // In memory of their own: zlib's buffers are larger than what it wrote, and would be sent whole to other threads.
  const pages = sheet.takePages().map(({ content }) => new Uint8Array(content));
  return { pages, fonts: [...sheet.fonts], pictures: [...sheet.pictures] };
}

/** What the file says of itself. */
export const lettersFacts = ({ manager, issuedAt }: LettersHead): DocumentFacts => ({
  title: 'Gesla z razdelilnika',
  author: manager.name,
  subject: 'Dostop do portala',
  created: issuedAt,
});
