/**
 * A print run of 10,000 slips as one PDF, rendered in threads and merged, as the office downloads it; then the same
 * pages with PDFKit's text API, one by one in one document, its fonts opened once. `npm run bench`.
 */
import { availableParallelism } from 'node:os';
import { Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import { createDocuments } from '../../server/documents/documents.ts';
import { createLogger } from '../../server/logger.ts';
import { inFlight } from '../../server/modules/print-runs/in-flight.ts';
import { mergedPdf } from '../../server/pdf/merged-pdf.ts';
import type { RenderedSlip } from '../../server/pdf/slip-pdf.ts';
import { makeDocument } from './slip-pdf/documents.ts';
import { drawPages, openFonts, startDocument } from './slip-pdf/pdfkit-slips.ts';
import { recordSlip } from './slip-pdf/recorded.ts';

const slipsOfRun = 10_000;
const slipsOfBaseline = 1_000;
const slipsAtOnce = 50;

interface Run {
  readonly seconds: number;
  readonly firstByte: number;
  readonly cores: number;
  readonly bytes: number;
  readonly megabytes: number;
}

/** Reads it as a network would: what has been read is gone. */
async function take(stream: Readable): Promise<Run> {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  let [firstByte, bytes, largest] = [0, 0, 0];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    firstByte ||= performance.now() - start;
    bytes += chunk.length;
    largest = Math.max(largest, process.memoryUsage.rss());
  }
  const { user, system } = process.cpuUsage(cpu);
  const elapsed = performance.now() - start;
  const cores = (user + system) / 1000 / elapsed;
  return { seconds: elapsed / 1000, firstByte, cores, bytes, megabytes: largest / 2 ** 20 };
}

async function ourRun(count: number): Promise<Run & { readonly pages: number }> {
  const documents = createDocuments(createLogger('error'));
  let pages = 0;
  async function* batches() {
    for (let start = 0; start < count; start += slipsAtOnce)
      yield await Promise.resolve(Array.from({ length: Math.min(slipsAtOnce, count - start) }, (_, index) => makeDocument(start + index))); // prettier-ignore
  }
  async function* slips(): AsyncGenerator<RenderedSlip> {
    for await (const batch of inFlight(batches(), 4, (some) => documents.slipPages(some))) {
      for (const slip of batch) pages += slip.pages.length;
      yield* batch;
    }
  }
  const facts = { title: 'Razdelilniki 2026-10', author: 'Upravnik Vzorec d.o.o.', subject: 'Razdelilniki stroškov', created: new Date(0) }; // prettier-ignore
  const run = await take(mergedPdf(slips(), facts));
  await documents.close();
  return { ...run, pages };
}

/** The pages are laid out before the clock runs: what is measured is how PDFKit writes them. */
async function pdfkitRun(count: number): Promise<Run> {
  const slips = Array.from({ length: count }, (_, index) => recordSlip(makeDocument(index)));
  const document = startDocument(openFonts);
  async function* written() {
    for (const pages of slips) {
      drawPages(document, pages, 'path');
      // Adding a page has closed the one before.
      yield (document.read() as Buffer | null) ?? Buffer.alloc(0);
      await breathe();
    }
    document.end();
    for await (const chunk of document) yield chunk as Buffer;
  }
  return take(Readable.from(written(), { objectMode: false }));
}

const round = (value: number): string => value.toFixed(1);

const ours = await ourRun(slipsOfRun);
console.log(
  `print run: ${slipsOfRun} slips, ${ours.pages} pages in ${round(ours.seconds)} s, first byte after ${Math.round(ours.firstByte)} ms, ` +
    `${round(ours.cores)} of ${availableParallelism()} cores, ${Math.round(ours.bytes / ours.pages)} bytes a page, ${Math.round(ours.megabytes)} MB at most`,
);
const baseline = await pdfkitRun(slipsOfBaseline);
const scale = slipsOfRun / slipsOfBaseline;
console.log(
  `PDFKit's text API: ${slipsOfBaseline} slips in ${round(baseline.seconds)} s, so ${slipsOfRun} in ${round(baseline.seconds * scale)} s (scaled): ` +
    `ours is ${round((baseline.seconds * scale) / ours.seconds)} times as fast`,
);
