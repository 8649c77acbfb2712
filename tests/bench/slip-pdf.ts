/** A slip of 15 items as a PDF, against the same texts and code the way PDFKit's manual suggests: `npm run bench`. */
import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { Slip } from '../../contract/slips.ts';
import { lettersPdf } from '../../server/pdf/letters-pdf.ts';
import { slipPdf } from '../../server/pdf/slip-pdf.ts';
import { makeItem, makeOrder, makeSlip, makeUnit, manager } from '../helpers/slip-data.ts';

const { resolve } = createRequire(import.meta.url);
const fontFile = resolve(
  '@expo-google-fonts/atkinson-hyperlegible-next/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf',
);
const items = Array.from({ length: 15 }, (_, index) => makeItem(index));

/** The font file opened for each document, text wrapped by PDFKit, the code parsed as SVG. */
function naivePdf({ units, paymentOrders }: Slip): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4' });
  document.font(fontFile).fontSize(8);
  units
    .flatMap((unit) => unit.items)
    .forEach((item, row) =>
      Object.values(item).forEach((value, column) =>
        document.text(String(value), 40 + column * 45, 40 + row * 25, { width: 45 }),
      ),
    );
  for (const { qrPath } of paymentOrders) document.path(qrPath ?? '').fill();
  document.end();
  return buffer(document);
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Variants in turn, so that whatever else the machine does falls on all of them alike. */
async function compareSlips(rounds: number): Promise<void> {
  const times = { naive: [] as number[], ours: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    // Every slip is another payer's: what is remembered from slip to slip is what recurs in real ones.
    const payer = { code: String(round), name: `Plačnik ${round}`, street: `Ulica ${round}`, town: '1000 Ljubljana' };
    const slip = makeSlip([makeUnit(items)], [makeOrder({ amountCents: 100 + round })], { payer });
    times.naive.push(await milliseconds(() => naivePdf(slip)));
    times.ours.push(await milliseconds(() => slipPdf(slip)));
  }
  const [naive, ours] = [median(times.naive), median(times.ours)];
  const ratio = (naive / ours).toFixed(1);
  console.log(`slip PDF: naive ${naive.toFixed(1)} ms, ours ${ours.toFixed(1)} ms, ${ratio} times as fast`);
}

async function countLetters(count: number): Promise<void> {
  function* letters() {
    for (let index = 0; index < count; index += 1)
      yield { code: String(index), name: `Plačnik ${index}`, street: `Ulica ${index}`, town: '1000 Ljubljana', password: 'K7QM3XRT9WVDT' }; // prettier-ignore
  }
  const head = { manager, portalAddress: 'https://portal.example', issuedAt: new Date(), expiresAt: new Date() };
  let bytes = 0;
  let largest = 0;
  const time = await milliseconds(async () => {
    for await (const chunk of lettersPdf(letters(), head)) {
      bytes += (chunk as Buffer).length;
      largest = Math.max(largest, process.memoryUsage().rss);
    }
  });
  const each = (time / count).toFixed(2);
  console.log(
    `${count} letters: ${each} ms each, ${Math.round(bytes / count)} bytes each, ${largest >> 20} MB at most`,
  );
}

await compareSlips(60);
await countLetters(1_000);
await countLetters(10_000);
