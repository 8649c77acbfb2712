import { Readable } from 'node:stream';
import { deflateSync } from 'node:zlib';
import { PdfFile, type DocumentFacts } from './engine/pdf-file.ts';
import type { RenderedSlip } from './slip-pdf.ts';

export interface MergedFacts extends DocumentFacts {
  /** Each slip begins on a sheet of its own also where both sides are printed. */
  readonly bothSides?: boolean;
}

const nothing = deflateSync(new Uint8Array());

async function* merged(slips: AsyncIterable<RenderedSlip>, facts: MergedFacts): AsyncGenerator<Buffer> {
  const file = new PdfFile(facts);
  for await (const { pages, fonts, pictures } of slips) {
    for (const content of pages) file.addPage({ content, owners: [] });
    if (facts.bothSides && pages.length % 2 === 1) file.addPage({ content: nothing, owners: [] });
    file.use(fonts, pictures);
    yield file.take();
  }
  file.end();
  yield file.take();
}

/**
 * Slips as one PDF for paper, in the order given, with each font and picture in it once. The slips are asked for only
 * as fast as somebody reads the stream, and the memory does not grow with their number. A failure of their source
 * destroys the stream, so that it cannot be taken for complete. A PDF has pages: give it one slip at least.
 */
export const mergedPdf = (slips: AsyncIterable<RenderedSlip>, facts: MergedFacts): Readable =>
  Readable.from(merged(slips, facts), { objectMode: false });
