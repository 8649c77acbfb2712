import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { mergedPdf } from '../../../server/pdf/merged-pdf.ts';
import { renderSlip, slipPdf, type RenderedSlip } from '../../../server/pdf/slip-pdf.ts';
import { pdfFonts, pdfInfo, pdfPages } from '../../helpers/read-pdf.ts';
import { documentOf, makeItem, makeOrder, makeSlip, makeUnit } from '../../helpers/slip-data.ts';

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

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is still in use, not what nobody has swept up yet: buffers are let go in the background, after the collection. */
async function memoryHeld(): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < 8; round += 1) {
    collectGarbage();
    await setTimeout(20);
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    least = Math.min(least, heapUsed + arrayBuffers);
  }
  return least;
}

describe('slips merged for print', () => {
  it('have the texts of the single ones, in their order', async () => {
    const merged = pdfPages(await buffer(mergedPdf(source(5).slips, facts)));
    const single = Array.from({ length: 5 }, (_, index) => pdfPages(slipPdf(documentNumber(index)))).flat();
    expect(merged).toEqual(single);
  });

  it('begin on a sheet of their own where both sides are printed', async () => {
    const whole = renderSlip(documentNumber(1));
    expect(whole.pages).toHaveLength(2);
    const odd = { ...whole, pages: whole.pages.slice(0, 1) };
    async function* slips() {
      yield* await Promise.resolve([odd, whole, odd]);
    }
    const isEmpty = async (bothSides: boolean) =>
      pdfPages(await buffer(mergedPdf(slips(), { ...facts, bothSides }))).map((text) => text.trim() === '');
    expect(await isEmpty(true)).toEqual([false, true, false, false, false, true]);
    expect(await isEmpty(false)).toEqual([false, false, false, false]);
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
    await setTimeout(200);
    expect(asked.count).toBeLessThan(20);
    stream.destroy();
  });

  it('leave next to nothing of a page in memory, so that many take no more than few', async () => {
    const { asked, slips } = source(3_000);
    let bytes = 0;
    let [few, many] = [
      { slips: 0, held: 0 },
      { slips: 0, held: 0 },
    ];
    for await (const chunk of mergedPdf(slips, facts)) {
      bytes += (chunk as Buffer).length;
      if (few.slips === 0 && asked.count > 500) few = { slips: asked.count, held: await memoryHeld() };
      if (many.slips === 0 && asked.count > 2_900) many = { slips: asked.count, held: await memoryHeld() };
    }
    expect(bytes).toBeGreaterThan(20e6);
    const pages = (many.slips - few.slips) * 2;
    expect(pages).toBeGreaterThan(4_000);
    // Where two objects begin is 16 bytes, in a list that grows by half of itself; of a page that is kept it is 2,000.
    expect((many.held - few.held) / pages).toBeLessThan(100);
  });

  it('break off with their source, instead of looking complete', async () => {
    async function* slips(): AsyncGenerator<RenderedSlip> {
      yield* source(2).slips;
      throw new Error('database gone');
    }
    await expect(buffer(mergedPdf(slips(), facts))).rejects.toThrow('database gone');
  });
});
