import { buffer } from 'node:stream/consumers';
import { describe, expect, it, vi } from 'vitest';
import { mergedPdf } from '../../../server/pdf/merged-pdf.ts';
import { renderSlip, slipPdf, type RenderedSlip } from '../../../server/pdf/slip-pdf.ts';
import { pdfFonts, pdfInfo, pdfPages } from '../../helpers/read-pdf.ts';
import { documentOf, makeItem, makeOrder, makeSlip, makeUnit } from '../../helpers/slip-data.ts';

vi.setConfig({ testTimeout: 60_000 });

const facts = { title: 'Razdelilniki 2026-10', author: 'Upravnik', subject: 'Tisk', created: new Date(0) };

const documentNumber = (index: number) => {
  const payer = { code: String(index), name: `Žiga Ščuka ${index}`, street: 'Ulica 1', town: '1000 Ljubljana' };
  const items = Array.from({ length: 15 }, (_, item) => makeItem(item));
  return documentOf(makeSlip([makeUnit(items)], [makeOrder()], { number: `2026-10-${index}`, payer }));
};

/** Slips as threads give them, which are counted when they are asked for. */
function source(count: number, kinds = 5) {
  const rendered = Array.from({ length: kinds }, (_, index) => renderSlip(documentNumber(index)));
  const asked = { count: 0 };
  async function* slips(): AsyncGenerator<RenderedSlip> {
    for (let index = 0; index < count; index += 1) {
      asked.count += 1;
      yield await Promise.resolve(rendered[index % kinds]!);
    }
  }
  return { asked, slips: slips() };
}

describe('slips merged for print', () => {
  it('have the texts of the single ones, in their order', async () => {
    const merged = pdfPages(await buffer(mergedPdf(source(5).slips, facts)));
    const single = Array.from({ length: 5 }, (_, index) => pdfPages(slipPdf(documentNumber(index)))).flat();
    expect(merged).toEqual(single);
  });

  it('begin on a sheet of their own where both sides are printed', async () => {
    const odd = renderSlip(documentNumber(1));
    const slips = [odd, { ...odd, pages: [...odd.pages, ...odd.pages] }, odd];
    const { length } = odd.pages;
    async function* all() {
      yield* await Promise.resolve(slips);
    }
    const texts = pdfPages(await buffer(mergedPdf(all(), { ...facts, bothSides: true })));
    const padded = length + (length % 2);
    expect(texts).toHaveLength(padded + 2 * length + padded);
    expect(texts.flatMap((text, page) => (text.trim() === '' ? [page] : []))).toEqual(
      length % 2 === 1 ? [length, padded + 2 * length + length] : [],
    );
  });

  it('have each font in the file once, and at most 10 kB a page', async () => {
    const pdf = await buffer(mergedPdf(source(200).slips, facts));
    const fonts = pdfFonts(pdf).map(({ name }) => name);
    expect(fonts.length).toBeGreaterThan(2);
    expect(new Set(fonts).size).toBe(fonts.length);
    expect(pdf.length / Number(pdfInfo(pdf)['Pages'])).toBeLessThan(10_000);
  });

  it('are the same bytes for the same slips, and say what they are', async () => {
    const [first, second] = [
      await buffer(mergedPdf(source(3).slips, facts)),
      await buffer(mergedPdf(source(3).slips, facts)),
    ];
    expect(first.equals(second)).toBe(true);
    expect(pdfInfo(first)).toMatchObject({ Title: 'Razdelilniki 2026-10', CreationDate: '1970-01-01T00:00:00Z' });
  });

  it('are asked for only as fast as somebody takes the pages', async () => {
    const { asked, slips } = source(10_000);
    const stream = mergedPdf(slips, facts);
    const first = await new Promise((resolve) => stream.once('readable', () => resolve(stream.read(1))));
    expect(String(first)).toBe('%');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(asked.count).toBeLessThan(20);
    stream.destroy();
  });

  it('take no more memory for many than for few', async () => {
    const { slips } = source(20_000);
    let bytes = 0;
    let largest = 0;
    const before = process.memoryUsage();
    for await (const chunk of mergedPdf(slips, facts)) {
      bytes += (chunk as Buffer).length;
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      largest = Math.max(largest, heapUsed + arrayBuffers);
    }
    expect(bytes).toBeGreaterThan(150e6);
    expect(largest - before.heapUsed - before.arrayBuffers).toBeLessThan(100e6);
  });

  it('break off with their source, instead of looking complete', async () => {
    async function* slips(): AsyncGenerator<RenderedSlip> {
      yield* source(2).slips;
      throw new Error('database gone');
    }
    await expect(buffer(mergedPdf(slips(), facts))).rejects.toThrow('database gone');
  });
});
