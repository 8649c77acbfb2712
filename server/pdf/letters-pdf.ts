import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { drawLetter, drawNoLetters, type Letter, type LettersHead } from './letter.ts';
import { Sheet } from './sheet.ts';

export type { Letter, LettersHead } from './letter.ts';

async function* pages(letters: AsyncIterable<Letter> | Iterable<Letter>, head: LettersHead): AsyncGenerator<Buffer> {
  const { manager, issuedAt: created } = head;
  const sheet = new Sheet(
    { title: 'Gesla z razdelilnika', author: manager.name, subject: 'Dostop do portala', created },
    false,
  );
  const { document } = sheet;
  let count = 0;
  for await (const letter of letters) {
    document.addPage();
    drawLetter(sheet, letter, head);
    count += 1;
    // Adding a page has closed the one before: what is finished leaves the memory now.
    const finished = document.read() as Buffer | null;
    if (finished) yield finished;
    await breathe();
  }
  if (count === 0) {
    document.addPage();
    drawNoLetters(sheet, head);
  }
  document.end();
  for await (const chunk of document) yield chunk as Buffer;
}

/**
 * Letters with slip passwords as one PDF, a page each, in the order given. The letters are read and drawn only as fast
 * as somebody reads the stream, other work goes on between two pages, and the memory does not grow with the number
 * of letters. A failure of the letters' source destroys the stream. With no letters at all, one page says so.
 */
export const lettersPdf = (letters: AsyncIterable<Letter> | Iterable<Letter>, head: LettersHead): Readable =>
  Readable.from(pages(letters, head), { objectMode: false });
