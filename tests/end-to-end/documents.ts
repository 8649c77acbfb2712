import { PNG } from 'pngjs';
import { pdfPages, pdfPicture } from '../helpers/read-pdf.ts';
import { readSymbols, type ReadSymbol } from '../helpers/read-symbol.ts';

/** Every QR symbol on a PDF, read from its pages as a printer at 300 dpi would draw them. */
export async function pdfSymbols(pdf: Buffer): Promise<ReadSymbol[]> {
  const found = [];
  for (const page of pdfPages(pdf).keys()) found.push(...(await readSymbols(pdfPicture(pdf, page + 1, 300))));
  return found;
}

/** Every QR symbol on a picture in PNG form. */
export async function pictureSymbols(png: Buffer): Promise<ReadSymbol[]> {
  const { width, height, data } = PNG.sync.read(png);
  return readSymbols({ width, height, data: new Uint8ClampedArray(data) });
}

/** Payer code and slip password as they stand in a payer's letter. */
export function readLetter(letters: Buffer, payerName: string): { payerCode: string; slipPassword: string } {
  const page = pdfPages(letters).find((text) => text.includes(payerName));
  const slipPassword = /\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{5}\b/.exec(page ?? '')?.[0];
  // The code stands below its label, at the end of the line.
  const payerCode = /Šifra plačnika\s*\n.*?(\S+)\n/.exec(page ?? '')?.[1];
  if (!slipPassword || !payerCode) throw new Error(`no letter for ${payerName}:\n${page}`);
  return { payerCode, slipPassword };
}
