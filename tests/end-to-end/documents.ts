import { PNG } from 'pngjs';
import { expect } from 'vitest';
import { pdfPages, pdfPicture } from '../helpers/read-pdf.ts';
import { readSymbols, type ReadSymbol } from '../helpers/read-symbol.ts';

const printedDpi = 300;

/** Every QR symbol on a PDF, read from its pages as a printer at 300 dpi would draw them. */
export async function pdfSymbols(pdf: Buffer): Promise<ReadSymbol[]> {
  const found = [];
  for (const page of pdfPages(pdf).keys()) found.push(...(await readSymbols(pdfPicture(pdf, page + 1, printedDpi))));
  return found;
}

/** A slip among printed pages. */
export interface PrintedSlip {
  readonly number: string;
  /** The text of each page. */
  readonly pages: string[];
  /** The numbers of its pages in the whole PDF. */
  readonly pageNumbers: number[];
  /** What its QR codes for payment say, in their order. */
  readonly payments: string[];
  /** What its other QR codes say. */
  readonly links: string[];
}

/** The slips of a print run, in their order, by the number that stands on each page. */
export async function printedSlips(pdf: Buffer): Promise<PrintedSlip[]> {
  const slips: PrintedSlip[] = [];
  for (const [index, text] of pdfPages(pdf).entries()) {
    const number = /(?:Številka|Razdelilnik) +(\d{8})\b/.exec(text)?.[1];
    if (number === undefined) throw new Error(`no slip's number on page ${index + 1}:\n${text}`);
    if (slips.at(-1)?.number !== number) slips.push({ number, pages: [], pageNumbers: [], payments: [], links: [] });
    const slip = slips.at(-1)!;
    slip.pages.push(text);
    slip.pageNumbers.push(index + 1);
    for (const symbol of await readSymbols(pdfPicture(pdf, index + 1, printedDpi))) {
      (symbol.text.startsWith('UPNQR') ? slip.payments : slip.links).push(symbol.text);
    }
  }
  return slips;
}

/** Whether something on the page has exactly this colour: a logo that has no shades. */
export function hasColour(pdf: Buffer, page: number, [red, green, blue]: readonly [number, number, number]): boolean {
  const { data } = pdfPicture(pdf, page, 60);
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) return true;
  }
  return false;
}

interface Addressee {
  readonly name: string;
  readonly street: string;
  readonly town: string;
}

interface UpnOrder {
  readonly cents: number;
  readonly purposeCode: string;
  readonly purpose: string;
  readonly dueDate: string;
  readonly iban: string;
  readonly reference: string;
}

/** What a UPN QR code must say, field by field. */
export const upnFields = (payer: Addressee, recipient: Addressee, { cents, ...order }: UpnOrder) => ({
  header: 'UPNQR',
  payerIban: '',
  deposit: '',
  withdrawal: '',
  payerReference: '',
  payerName: payer.name,
  payerStreet: payer.street,
  payerTown: payer.town,
  amount: String(cents).padStart(11, '0'),
  paymentDate: '',
  urgent: '',
  ...order,
  name: recipient.name,
  street: recipient.street,
  town: recipient.town,
  controlSum: expect.stringMatching(/^\d{3}$/) as string,
});

/** Every QR symbol on a picture in PNG form. */
export async function pictureSymbols(png: Buffer): Promise<ReadSymbol[]> {
  const { width, height, data } = PNG.sync.read(png);
  return readSymbols({ width, height, data: new Uint8ClampedArray(data) });
}

const slipPasswordForm = /\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{5}\b/;

/** The slip password on a page, as a person copies it. */
export const slipPasswordOn = (page: string): string | undefined => slipPasswordForm.exec(page)?.[0];

/** Payer code and slip password as they stand in a payer's letter. */
export function readLetter(letters: Buffer, payerName: string): { payerCode: string; slipPassword: string } {
  const page = pdfPages(letters).find((text) => text.includes(payerName));
  const slipPassword = slipPasswordOn(page ?? '');
  // The code stands below its label, at the end of the line.
  const payerCode = /Šifra plačnika\s*\n.*?(\S+)\n/.exec(page ?? '')?.[1];
  if (!slipPassword || !payerCode) throw new Error(`no letter for ${payerName}:\n${page}`);
  return { payerCode, slipPassword };
}
