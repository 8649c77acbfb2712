import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';
import { readSymbols, type ReadSymbol } from '../helpers/read-symbol.ts';

const run = promisify(execFile);

/** The text of a PDF as its reader sees it, page by page. */
export async function pdfPages(file: string): Promise<string[]> {
  const { stdout } = await run('pdftotext', ['-layout', file, '-']);
  return stdout.split('\f').slice(0, -1);
}

/** Every QR symbol on a PDF, read from its pages as a printer at 300 dpi would draw them. */
export async function pdfSymbols(file: string): Promise<ReadSymbol[]> {
  const folder = await mkdtemp(join(tmpdir(), 'iiportal-pages-'));
  try {
    await run('pdftoppm', ['-r', '300', '-png', file, join(folder, 'page')]);
    const pages = (await readdir(folder)).sort();
    const found = [];
    for (const page of pages) found.push(...(await pictureSymbols(await readFile(join(folder, page)))));
    return found;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Every QR symbol on a picture in PNG form. */
export async function pictureSymbols(png: Buffer): Promise<ReadSymbol[]> {
  const { width, height, data } = PNG.sync.read(png);
  return readSymbols({ width, height, data: new Uint8ClampedArray(data) });
}

/** Payer code and slip password as they stand in a payer's letter. */
export function readLetter(pages: readonly string[], payerName: string): { payerCode: string; slipPassword: string } {
  const page = pages.find((text) => text.includes(payerName));
  const slipPassword = /\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{5}\b/.exec(page ?? '')?.[0];
  // The code stands below its label, at the end of the line.
  const payerCode = /Šifra plačnika\s*\n.*?(\S+)\n/.exec(page ?? '')?.[1];
  if (!slipPassword || !payerCode) throw new Error(`no letter for ${payerName} in ${pages.length} pages:\n${page}`);
  return { payerCode, slipPassword };
}
