import type { Knex } from 'knex';
import { ApiError } from '../../http/api-error.ts';
import type { SlipDocument } from '../../pdf/slip-document.ts';
import { logoOf } from '../manager-settings/logo.service.ts';
import { partsOf } from './slip-parts.queries.ts';
import { presentSlip } from './slips.presenter.ts';
import { slipsById, type SlipRow } from './slips.queries.ts';

/** A document computes the codes to pay by itself, on paper also for those who have no channel. */
const withoutCode = (): null => null;

async function present(db: Knex, managerId: string, slips: readonly SlipRow[]): Promise<SlipDocument[]> {
  const [parts, logo] = await Promise.all([partsOf(db, managerId, slips), logoOf(db, managerId)]);
  return slips.map((slip) => ({
    slip: presentSlip(slip, parts(slip), withoutCode),
    logo,
    registration: null,
    isDraft: slip.runState === 'draft',
  }));
}

/** One slip as its document says it. That it may be read, and whether its payer gets the document, the caller decides. */
export async function documentOf(db: Knex, slip: SlipRow): Promise<SlipDocument> {
  const [document] = await present(db, slip.managerId, [slip]);
  return document!;
}

/**
 * The documents of some hundred slips of one manager, in the order of the ids, by the same few statements as that of
 * one. Drafts as well: who may see them, the caller has decided.
 * @throws not_found when one of them is not there (any more)
 */
export async function documentsOf(db: Knex, managerId: string, slipIds: readonly string[]): Promise<SlipDocument[]> {
  if (slipIds.length === 0) return [];
  const found = new Map((await slipsById(db, managerId, slipIds)).map((slip) => [slip.id, slip]));
  const slips = slipIds.map((id) => {
    const slip = found.get(id);
    if (!slip) throw new ApiError('not_found');
    return slip;
  });
  return present(db, managerId, slips);
}
