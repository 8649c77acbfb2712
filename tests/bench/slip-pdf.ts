/**
 * One slip of 15 items with form and QR code as a PDF of its own, on one core, against PDFKit as its manual shows it
 * with the same texts, lines and fonts; then letters. `npm run bench`.
 */
import { buffer } from 'node:stream/consumers';
import { lettersFacts, renderLetters } from '../../server/pdf/letters-pdf.ts';
import { mergedPdf } from '../../server/pdf/merged-pdf.ts';
import { slipPdf } from '../../server/pdf/slip-pdf.ts';
import { manager } from '../helpers/slip-data.ts';
import { makeDocument } from './slip-pdf/documents.ts';
import { drawPages, fontFiles, startDocument } from './slip-pdf/pdfkit-slips.ts';
import { recordSlip, type Drawn } from './slip-pdf/recorded.ts';
import { median } from './statistics.ts';

/** The font files opened for each document, a rectangle for each module, `doc.text` with a width. */
function naivePdf(pages: readonly (readonly Drawn[])[]): Promise<Buffer> {
  const document = startDocument(fontFiles);
  drawPages(document, pages, 'squares');
  document.end();
  return buffer(document);
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const slipsOfTurn = 10;

/** Variants in turn, some slips each, so that whatever else the machine does falls on all of them alike. */
async function compareSlips(turns: number): Promise<void> {
  const times = { naive: [] as number[], ours: [] as number[] };
  const bytes = { naive: 0, ours: 0 };
  for (let turn = 0; turn < turns; turn += 1) {
    // Every slip is another payer's: what recurs is what recurs in real ones.
    const documents = Array.from({ length: slipsOfTurn }, (_, index) => makeDocument(turn * slipsOfTurn + index));
    const slips = documents.map(recordSlip);
    const naive = await milliseconds(async () => {
      for (const pages of slips) bytes.naive = (await naivePdf(pages)).length;
    });
    const ours = await milliseconds(async () => {
      for (const document of documents) bytes.ours = (await Promise.resolve(slipPdf(document))).length;
    });
    times.naive.push(naive / slipsOfTurn);
    times.ours.push(ours / slipsOfTurn);
  }
  const [naive, ours] = [median(times.naive), median(times.ours)];
  console.log(
    `slip PDF: naive ${naive.toFixed(1)} ms and ${bytes.naive >> 10} kB, ours ${ours.toFixed(1)} ms and ${bytes.ours >> 10} kB, ` +
      `${(naive / ours).toFixed(1)} times as fast`,
  );
}

async function countLetters(count: number): Promise<void> {
  const head = { manager, portalAddress: 'https://portal.example', issuedAt: new Date(), expiresAt: new Date() };
  const letterOf = (index: number) => {
    const address = { name: `Plačnik ${index}`, street: `Ulica ${index}`, town: '1000 Ljubljana' };
    return { ...address, code: String(index), password: 'K7QM3XRT9WVDT' };
  };
  async function* letters() {
    const together = 25;
    for (let start = 0; start < count; start += together)
      yield await Promise.resolve(
        renderLetters(
          Array.from({ length: together }, (_, index) => letterOf(start + index)),
          head,
        ),
      );
  }
  let bytes = 0;
  let largest = 0;
  const time = await milliseconds(async () => {
    for await (const chunk of mergedPdf(letters(), lettersFacts(head))) {
      bytes += (chunk as Buffer).length;
      largest = Math.max(largest, process.memoryUsage().rss);
    }
  });
  const each = (time / count).toFixed(2);
  console.log(
    `${count} letters: ${each} ms each, ${Math.round(bytes / count)} bytes each, ${largest >> 20} MB at most`,
  );
}

await compareSlips(12);
await countLetters(10_000);
