import { slipFileName, type Slip } from '../../../contract/slips.ts';
import type { Actor } from '../../http/actor.ts';
import type { SlipDocument } from '../../pdf/slip-document.ts';
import type { Services } from '../../services.ts';
import { uniqueNames } from '../../zip.ts';
import { openSlips } from './openings.service.ts';
import { documentsOf } from './slip-documents.ts';
import { hasEInvoice, maySee } from './slips.policy.ts';
import { pageOfSlips, type SlipFilter, type SummaryRow } from './slips.queries.ts';

type FileServices = Pick<Services, 'clock' | 'db' | 'documents'>;

/** A slip for the computer of the person whose it is. */
export interface SlipFile {
  readonly slip: Slip;
  /** As the contract names it, and as no other of the same files is named. */
  readonly fileName: string;
  /** Made when it is asked for; null where the portal would not show the slip as one. */
  readonly pdf: (() => Promise<Buffer>) | null;
}

const slipsAtOnce = 100;

/** The actor's slips, newest first, some at a time. */
async function* pagesOf(
  db: FileServices['db'],
  actor: Actor,
  filter: Omit<SlipFilter, 'cursor' | 'limit'>,
): AsyncGenerator<SummaryRow[]> {
  let cursor: string | undefined;
  do {
    const page = await pageOfSlips(db, actor.payers, { ...filter, limit: slipsAtOnce, cursor });
    yield page.items.filter((slip) => maySee(actor, slip));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** The documents of a page, whose slips may be of several managers, in its order. */
async function documentsOfPage(db: FileServices['db'], page: readonly SummaryRow[]): Promise<SlipDocument[]> {
  const found = new Map<string, SlipDocument>();
  for (const [managerId, rows] of Map.groupBy(page, (row) => row.managerId)) {
    const ids = rows.map(({ id }) => id);
    for (const document of await documentsOf(db, managerId, ids)) found.set(document.slip.id, document);
  }
  return page.flatMap(({ id }) => found.get(id) ?? []);
}

/** The actor's slips that the filter lets through, newest first: one PDF at a time is in memory. They count as opened. */
export async function* slipFiles(
  services: FileServices,
  actor: Actor,
  filter: Omit<SlipFilter, 'cursor' | 'limit'> = {},
): AsyncGenerator<SlipFile> {
  const { db, documents } = services;
  const unique = uniqueNames();
  for await (const page of pagesOf(db, actor, filter)) {
    await openSlips(services, page);
    for (const document of await documentsOfPage(db, page)) {
      const { slip } = document;
      const pdf = hasEInvoice(slip.channel) ? () => documents.slipPdf(document) : null;
      yield { slip, fileName: unique(slipFileName(slip)), pdf };
    }
  }
}
