import { execFile } from 'node:child_process';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import fc from 'fast-check';
import jsQR from 'jsqr';
import { readBarcodes } from 'zxing-wasm/reader';
import { describe, expect, it } from 'vitest';
import type { PaymentOrder, Slip } from '../../../contract/slips.ts';
import { formatIban } from '../../../server/payments/iban.ts';
import { latin2Bytes } from '../../../server/payments/latin2.ts';
import { fitUpnText, parseUpnStrictly, upnFieldNames } from '../../../server/payments/upn-qr.ts';
import { formatCents } from '../../../server/pdf/format.ts';
import { mergedPdf } from '../../../server/pdf/merged-pdf.ts';
import { renderSlip } from '../../../server/pdf/slip-pdf.ts';
import { arbitrarySlip } from '../../helpers/arbitrary-slips.ts';
import { zxingReady, type Picture } from '../../helpers/read-symbol.ts';
import { documentOf } from '../../helpers/slip-data.ts';

const count = 500;
const inOneFile = 50;
const seed = Math.floor(Math.random() * 0x7fffffff);
const slips = fc.sample(arbitrarySlip, { numRuns: count, seed });

async function poppler(tool: string, args: readonly string[], pdf: Buffer): Promise<Buffer> {
  const running = promisify(execFile)(tool, args, { encoding: 'buffer', maxBuffer: 1 << 30 });
  running.child.stdin!.end(pdf);
  return (await running).stdout;
}

/** As offices scan; a module is three dots and a third. */
const dpi = 200;
const pixels = (millimetres: number): number => Math.round((millimetres / 25.4) * dpi);
/** The box A25 of the form on each page: the code is all that is read. */
const crop = { x: pixels(63.5), y: pixels(198 + 6), width: pixels(40), height: pixels(39.5) };

/** That part of every page, grey, as a picture that decoders take. */
async function pictures(pdf: Buffer): Promise<Picture[]> {
  const { x, y, width, height } = crop;
  const area = ['-x', x, '-y', y, '-W', width, '-H', height].map(String);
  const pgm = await poppler('pdftoppm', ['-gray', '-r', String(dpi), ...area, '-'], pdf);
  const head = `P5\n${width} ${height}\n255\n`.length;
  const size = width * height;
  return Array.from({ length: pgm.length / (head + size) }, (_, index) => {
    const start = index * (head + size) + head;
    const data = new Uint8ClampedArray(size * 4).fill(255);
    for (let at = 0; at < size; at += 1) data[4 * at] = data[4 * at + 1] = data[4 * at + 2] = pgm[start + at]!;
    return { width, height, data };
  });
}

/** What a bill's code has to say, field by field; the control sum is held to its rule by the strict reader. */
const expectedFields = (order: PaymentOrder, { payer }: Slip): Record<string, string> => ({
  ...Object.fromEntries(upnFieldNames.map((name) => [name, ''])),
  header: 'UPNQR',
  payerName: fitUpnText(payer.name, 33),
  payerStreet: fitUpnText(payer.street, 33),
  payerTown: fitUpnText(payer.town, 33),
  amount: String(order.amountCents).padStart(11, '0'),
  purposeCode: order.purposeCode,
  purpose: fitUpnText(order.purpose, 42),
  dueDate: order.dueDate.split('-').reverse().join('.'),
  iban: order.iban,
  reference: order.reference,
  name: fitUpnText(order.recipientName, 33),
  street: fitUpnText(order.recipientStreet, 33),
  town: fitUpnText(order.recipientTown, 33),
  controlSum: expect.stringMatching(/^\d{3}$/) as string,
});

async function expectCode(picture: Picture, order: PaymentOrder, slip: Slip, about: string): Promise<void> {
  const found = await readBarcodes(picture as ImageData, {
    ...{ formats: ['QRCode'], maxNumberOfSymbols: 1 },
    // The picture is upright, dark on light and clean.
    ...{ tryRotate: false, tryInvert: false, tryDownscale: false },
  });
  expect(found, about).toHaveLength(1);
  const { text, version, ecLevel, bytesECI } = found[0]!;
  expect({ version, ecLevel }, about).toEqual({ version: '15', ecLevel: 'M' });
  expect(new TextDecoder('latin1').decode(bytesECI.slice(0, 10)), about).toMatch(/^\]Q\d\\000004$/);
  const read = parseUpnStrictly(text);
  expect(read.ok ? read.fields : read.faults, about).toEqual(expectedFields(order, slip));
  const second = jsQR(picture.data, picture.width, picture.height, { inversionAttempts: 'dontInvert' });
  expect(second?.version, about).toBe(15);
  expect(second?.chunks.map(({ type }) => String(type)), about).toEqual(['eci', 'byte']); // prettier-ignore
  expect(second?.chunks[0], about).toMatchObject({ assignmentNumber: 4 });
  expect(Buffer.from(second?.binaryData ?? []).equals(latin2Bytes(text)), about).toBe(true);
}

const joined = (text: string): string => text.replace(/\s/gu, '');

/** Every item and every amount, and what is typed off the forms; texts wrap, so blanks do not count. */
function expectTexts(pages: readonly string[], slip: Slip, about: string): void {
  const text = joined(pages.join(''));
  const missing = [
    ...slip.units.flatMap(({ items }) => items.flatMap(({ description, amountCents }) => [description, formatCents(amountCents)])), // prettier-ignore
    ...slip.paymentOrders.flatMap((order) => [formatIban(order.iban), order.reference, formatCents(order.amountCents)]),
    ...slip.openItems.flatMap(({ description, amountCents }) => [description, formatCents(amountCents)]),
    ...slip.funds.flatMap(({ building, balanceCents }) => [building, formatCents(balanceCents)]),
    ...slip.notes,
  ].filter((part) => !text.includes(joined(part)));
  expect(missing, about).toEqual([]);
}

async function checkTogether(batch: readonly Slip[], first: number): Promise<void> {
  const rendered = batch.map((slip) => renderSlip(documentOf(slip)));
  const facts = { title: 'Razdelilniki', author: 'Upravnik', subject: '', created: new Date(0) };
  const pdf = await buffer(mergedPdf(Readable.from(rendered), facts));
  const [shown, written] = await Promise.all([pictures(pdf), poppler('pdftotext', ['-raw', '-', '-'], pdf)]);
  const texts = written.toString().split('\f').slice(0, -1);
  expect(texts).toHaveLength(shown.length);
  let page = 0;
  for (const [index, slip] of batch.entries()) {
    const about = `slip ${first + index} of seed ${seed}: ${JSON.stringify(slip)}`;
    const end = page + rendered[index]!.pages.length;
    expectTexts(texts.slice(page, end), slip, about);
    const forms = shown.slice(end - slip.paymentOrders.length, end);
    for (const [number, picture] of forms.entries())
      await expectCode(picture, slip.paymentOrders[number]!, slip, about);
    page = end;
  }
}

describe('five hundred slips of any kind', () => {
  it(`say on paper what they are made of, and their codes are read by two decoders (seed ${seed})`, async () => {
    await zxingReady;
    const starts = Array.from({ length: count / inOneFile }, (_, index) => index * inOneFile);
    // Two files side by side: one is drawn by other processes while the codes of the other are read here.
    const lane = async (): Promise<void> => {
      for (let start = starts.shift(); start !== undefined; start = starts.shift())
        await checkTogether(slips.slice(start, start + inOneFile), start);
    };
    await Promise.all([lane(), lane()]);
    expect(starts).toEqual([]);
  }, 300_000);
});
