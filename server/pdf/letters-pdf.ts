import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { PdfFile } from './engine/pdf-file.ts';
import { drawLetter, drawNoLetters, type Letter, type LettersHead } from './letter.ts';
import { Sheet } from './sheet.ts';

export type { Letter, LettersHead } from './letter.ts';

/** What is finished leaves the memory now. */
function written(file: PdfFile, sheet: Sheet): Buffer {
  for (const page of sheet.takePages()) file.addPage(page);
  return file.take();
}

async function* pages(letters: AsyncIterable<Letter> | Iterable<Letter>, head: LettersHead): AsyncGenerator<Buffer> {
  const { manager, issuedAt: created } = head;
  const sheet = new Sheet();
  const file = new PdfFile({
    title: 'Gesla z razdelilnika',
    author: manager.name,
    subject: 'Dostop do portala',
    created,
  });
  let count = 0;
  for await (const letter of letters) {
    sheet.addPage();
    drawLetter(sheet, letter, head);
    count += 1;
    yield written(file, sheet);
    await breathe();
  }
  if (count === 0) {
    sheet.addPage();
    drawNoLetters(sheet, head);
  }
  yield written(file, sheet);
  file.use(sheet.fonts, sheet.pictures);
  file.end();
  yield file.take();
}

/**
 * Letters with slip passwords as one PDF, a page each, in the order given. The letters are read and drawn only as fast
 * as somebody reads the stream, other work goes on between two pages, and the memory does not grow with the number
 * of letters. A failure of the letters' source destroys the stream. With no letters at all, one page says so.
 */
export const lettersPdf = (letters: AsyncIterable<Letter> | Iterable<Letter>, head: LettersHead): Readable =>
  Readable.from(pages(letters, head), { objectMode: false });
