import type { Knex } from 'knex';
import type { Actor } from '../../http/actor.ts';
import { ApiError } from '../../http/api-error.ts';
import type { SlipDocument } from '../../pdf/slip-document.ts';
import type { Services } from '../../services.ts';
import { logoOf } from '../manager-settings/logo.service.ts';
import { partsOf } from './slip-parts.queries.ts';
import { presentSlip } from './slips.presenter.ts';
import { slipsById, type SlipRow } from './slips.queries.ts';
import { findOwnSlip } from './slips.service.ts';

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

/**
 * A published slip of the actor's as its document says it. Whether the payer's channel gives them the document, the
 * caller decides.
 * @throws not_found for a draft, for somebody else's, and for one that does not exist
 */
export async function readDocument({ db }: Pick<Services, 'db'>, actor: Actor, id: string): Promise<SlipDocument> {
  const slip = await findOwnSlip(db, actor, id);
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
