import { Readable } from 'node:stream';
import { PdfFile, type DocumentFacts } from './engine/pdf-file.ts';
import type { RenderedSlip } from './slip-pdf.ts';

async function* merged(slips: AsyncIterable<RenderedSlip>, facts: DocumentFacts): AsyncGenerator<Buffer> {
  const file = new PdfFile(facts);
  for await (const { pages, fonts, pictures } of slips) {
    for (const content of pages) file.addPage({ content, owners: [] });
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
export const mergedPdf = (slips: AsyncIterable<RenderedSlip>, facts: DocumentFacts): Readable =>
  Readable.from(merged(slips, facts), { objectMode: false });
