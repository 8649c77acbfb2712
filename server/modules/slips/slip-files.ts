import { slipFileName, type Slip } from '../../../contract/slips.ts';
import type { Actor } from '../../http/actor.ts';
import { slipPdf } from '../../pdf/slip-pdf.ts';
import type { Services } from '../../services.ts';
import { uniqueNames } from '../../zip.ts';
import { hasEInvoice } from './slips.policy.ts';
import { pageOfSlips, type SlipFilter, type SummaryRow } from './slips.queries.ts';
import { readSlip } from './slips.service.ts';

type FileServices = Pick<Services, 'db' | 'logger'>;

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
  { db }: FileServices,
  { payers }: Actor,
  filter: Omit<SlipFilter, 'cursor' | 'limit'>,
): AsyncGenerator<SummaryRow[]> {
  let cursor: string | undefined;
  do {
    const page = await pageOfSlips(db, payers, { ...filter, limit: slipsAtOnce, cursor });
    yield page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** The actor's slips that the filter lets through, newest first, one after the other: none waits in memory. */
export async function* slipFiles(
  services: FileServices,
  actor: Actor,
  filter: Omit<SlipFilter, 'cursor' | 'limit'> = {},
): AsyncGenerator<SlipFile> {
  const unique = uniqueNames();
  for await (const page of pagesOf(services, actor, filter)) {
    for (const { id } of page) {
      const slip = await readSlip(services, actor, id);
      const pdf = hasEInvoice(slip.channel) ? () => slipPdf(slip) : null;
      yield { slip, fileName: unique(slipFileName(slip)), pdf };
    }
  }
}
