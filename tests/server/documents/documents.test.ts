import { afterEach, describe, expect, it } from 'vitest';
import { createDocuments, type DocumentLimits, type Documents } from '../../../server/documents/documents.ts';
import { Turns } from '../../../server/documents/turns.ts';
import { ApiError } from '../../../server/http/api-error.ts';
import { createLogger } from '../../../server/logger.ts';
import type { SlipDocument } from '../../../server/pdf/slip-document.ts';
import { renderSlip, slipLimits, slipPdf } from '../../../server/pdf/slip-pdf.ts';
import { documentOf, makeItem, makeOrder, makeSlip, makeUnit } from '../../helpers/slip-data.ts';

const limits: DocumentLimits = { workers: 2, milliseconds: 20_000, megabytes: 256, waiting: 200 };

let documents: Documents | undefined;
const created = (given: Partial<DocumentLimits> = {}): Documents =>
  (documents = createDocuments(createLogger('silent'), { ...limits, ...given }));

afterEach(async () => documents?.close());

const usual = (index = 0): SlipDocument =>
  documentOf(makeSlip([makeUnit([makeItem(index)])], [makeOrder()], { number: `2026-10-${index}` }));

const withDescription = (description: string): SlipDocument =>
  documentOf(makeSlip([makeUnit([makeItem(0, { description })])], [makeOrder()]));

const withItems = (count: number, description: string): SlipDocument => {
  const items = Array.from({ length: count }, (_, index) => makeItem(index, { description }));
  return documentOf(makeSlip([makeUnit(items)], [makeOrder()]));
};

const failed = (error: unknown): boolean => error instanceof ApiError && error.code === 'document_failed';

describe('documents from threads', () => {
  it('are those of the code that draws them, logo and box for the registration included', async () => {
    const logo = { kind: 'rgb', bytes: new Uint8Array(10), width: 1, height: 1 } as const;
    const registration = { portalAddress: 'https://portal.example', slipPassword: 'K7QM3XRT9WVDT', expiresAt: new Date(0), link: 'iiportal://register' }; // prettier-ignore
    const document = { ...usual(), logo, registration };
    expect((await created().slipPdf(document)).equals(slipPdf(document))).toBe(true);
    expect(await documents!.slipPages([document, usual(1)])).toEqual([renderSlip(document), renderSlip(usual(1))]);
  });

  it.each([
    ['items', () => withItems(slipLimits.items + 1, 'Voda')],
    ['pages', () => withItems(slipLimits.items, 'Vzdrževanje '.repeat(16))],
  ])('have no more %s than a slip may, and the next one is made all the same', async (_, large) => {
    await expect(created().slipPdf(large())).rejects.toSatisfy(failed);
    await expect(documents!.slipPages([usual(), large()])).rejects.toSatisfy(failed);
    expect((await documents!.slipPdf(usual())).length).toBeGreaterThan(10_000);
  });

  it('take no longer than they may: the thread is ended, the pool works on', async () => {
    created({ milliseconds: 8_000, megabytes: 2_000 });
    const slow = documents!.slipPdf(withDescription('x'.repeat(60_000_000)));
    const others = [documents!.slipPdf(usual(1)), documents!.slipPdf(usual(2))];
    await expect(slow).rejects.toSatisfy(failed);
    expect((await Promise.all(others)).every((pdf) => pdf.length > 10_000)).toBe(true);
    expect((await documents!.slipPdf(usual(3))).length).toBeGreaterThan(10_000);
  });

  it('take no more memory than they may', async () => {
    created({ megabytes: 48 });
    await expect(documents!.slipPdf(withDescription('a '.repeat(5_000_000)))).rejects.toSatisfy(failed);
    expect((await documents!.slipPdf(usual())).length).toBeGreaterThan(10_000);
  });

  it('are refused when more wait than anybody would wait for', async () => {
    created({ waiting: 3 });
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => documents!.slipPdf(usual(index))),
    );
    const refused = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
    expect(refused).toHaveLength(5);
    expect(refused.every((error) => error instanceof ApiError && error.code === 'unavailable')).toBe(true);
  });

  it('of whoever waits at the screen are made before thousands of files', async () => {
    created({ workers: 1 });
    const order: string[] = [];
    const note = (name: string) => () => void order.push(name);
    const files = [0, 1, 2, 3].map((index) => documents!.slipPdf(usual(index), 'later').then(note(`file ${index}`)));
    const single = documents!.slipPdf(usual(9)).then(note('single'));
    await Promise.all([...files, single]);
    expect(order).toEqual(['file 0', 'single', 'file 1', 'file 2', 'file 3']);
  });

  it('leave the event loop to others', async () => {
    const many = Array.from({ length: 300 }, (_, index) => usual(index));
    await created().slipPdf(usual());
    let beats = 0;
    const beat = setInterval(() => (beats += 1), 5);
    await documents!.slipPages(many);
    clearInterval(beat);
    // A busy machine takes longer for the pages and has as many; drawn beside the heart they leave it next to none.
    expect(beats).toBeGreaterThan(10);
  });
});

describe('turns', () => {
  it('go to what somebody waits for before what is made by the thousand, and back when work fails', async () => {
    const turns = new Turns(1);
    const order: string[] = [];
    const work = (name: string) => async () => {
      await Promise.resolve();
      order.push(name);
      if (name === 'batch 1') throw new Error(name);
    };
    const taken = [
      turns.take('later', work('batch 1')),
      turns.take('later', work('batch 2')),
      turns.take('later', work('batch 3')),
      turns.take('first', work('single')),
    ];
    expect(turns.waiting).toBe(3);
    await Promise.allSettled(taken);
    expect(order).toEqual(['batch 1', 'single', 'batch 2', 'batch 3']);
    expect(turns.waiting).toBe(0);
  });
});
