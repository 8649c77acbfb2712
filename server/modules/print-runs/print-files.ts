import type { Readable } from 'node:stream';
import type { PrintForm } from '../../../contract/print-runs.ts';
import { slipFileName } from '../../../contract/slips.ts';
import { mergedPdf } from '../../pdf/merged-pdf.ts';
import type { SlipDocument } from '../../pdf/slip-document.ts';
import type { Services } from '../../services.ts';
import { type ZipEntry, uniqueNames, zipped } from '../../zip.ts';
import { documentsOf } from '../slips/slip-documents.ts';
import { inFlight } from './in-flight.ts';
import type { PrintProgress } from './print-jobs.ts';
import type { BoxOf } from './registration-boxes.ts';

type FileServices = Pick<Services, 'db' | 'documents'>;

export interface PrintOrder extends PrintProgress {
  readonly managerId: string;
  readonly managerName: string;
  readonly period: string;
  readonly form: PrintForm;
  readonly bothSides: boolean;
  readonly createdAt: Date;
  /** In the order of the pages. */
  readonly slipIds: readonly string[];
  readonly boxOf: BoxOf;
}

/** So many slips are read from the database, and rendered by one thread, at a time. */
const slipsAtOnce = 25;
/** The first ones go alone, so that the first byte is there while the threads still warm up. */
const firstSlips = 4;
/** So many batches are with the threads: enough that none waits for the database, and little to throw away. */
const batchesAtOnce = 4;
const filesAtOnce = 8;

/** The documents of the slips, some at a time. @throws not_found when a slip of a draft was replaced meanwhile */
async function* batchesOf(
  { db }: FileServices,
  { managerId, slipIds, boxOf, signal }: PrintOrder,
): AsyncGenerator<SlipDocument[]> {
  for (let start = 0, end = firstSlips; start < slipIds.length; start = end, end += slipsAtOnce) {
    signal.throwIfAborted();
    const documents = await documentsOf(db, managerId, slipIds.slice(start, end));
    yield documents.map((document) => ({ ...document, registration: boxOf(document.slip) }));
  }
}

async function* pagesOf(services: FileServices, order: PrintOrder) {
  const { documents } = services;
  const batches = batchesOf(services, order);
  for await (const slips of inFlight(batches, batchesAtOnce, (batch) => documents.slipPages(batch))) {
    for (const slip of slips) {
      order.signal.throwIfAborted();
      yield slip;
      order.onSlip();
    }
  }
}

async function* oneByOne<T>(batches: AsyncIterable<readonly T[]>): AsyncGenerator<T> {
  for await (const batch of batches) yield* batch;
}

async function* filesOf(services: FileServices, order: PrintOrder): AsyncGenerator<ZipEntry> {
  const unique = uniqueNames();
  const rendered = inFlight(oneByOne(batchesOf(services, order)), filesAtOnce, async (document) => ({
    name: slipFileName(document.slip),
    bytes: await services.documents.slipPdf(document, 'later'),
  }));
  for await (const { name, bytes } of rendered) {
    order.signal.throwIfAborted();
    yield { name: unique(name), bytes };
    order.onSlip();
  }
}

/** The slips as one document or as a ZIP, made while it is taken: what is not taken is not rendered. */
export function printFile(services: FileServices, order: PrintOrder): Readable {
  if (order.form === 'zip') return zipped(filesOf(services, order));
  return mergedPdf(pagesOf(services, order), {
    title: `Razdelilniki ${order.period}`,
    author: order.managerName,
    subject: 'Razdelilniki stroškov',
    created: order.createdAt,
    bothSides: order.bothSides,
  });
}
