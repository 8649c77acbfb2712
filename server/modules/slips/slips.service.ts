import type { Knex } from 'knex';
import type { Slip } from '../../../contract/slips.ts';
import type { Actor } from '../../http/actor.ts';
import { ApiError } from '../../http/api-error.ts';
import { upnPayload } from '../../payments/upn-qr.ts';
import { symbolPath, upnSymbol } from '../../payments/upn-symbol.ts';
import type { Services } from '../../services.ts';
import { openSlips } from './openings.service.ts';
import { hasEInvoice, maySee } from './slips.policy.ts';
import { presentSlip } from './slips.presenter.ts';
import { type OrderRow, partsOf } from './slip-parts.queries.ts';
import { findSlip, type SlipRow } from './slips.queries.ts';

/**
 * The code to pay an order by; null without an e-invoice channel, and where nothing is to be paid. The import lets in
 * only what a code can say: an order that breaks a rule all the same is shown without one, and the log says why.
 */
function qrPathOf(logger: Services['logger'], slip: SlipRow, order: OrderRow): string | null {
  if (!hasEInvoice(slip.channel) || order.amountCents <= 0) return null;
  const written = upnPayload({
    ...{ payerName: slip.payerName, payerStreet: slip.payerStreet, payerTown: slip.payerTown },
    ...{ recipientName: slip.managerName, recipientStreet: slip.managerStreet, recipientTown: slip.managerTown },
    amountCents: order.amountCents,
    purposeCode: order.purposeCode,
    purpose: order.purpose,
    dueDate: slip.dueDate,
    iban: order.iban,
    reference: order.reference,
  });
  if (written.ok) return symbolPath(upnSymbol(written.payload));
  logger.error({ slip: slip.id, order: order.position, faults: written.faults }, 'payment order without a UPN QR code');
  return null;
}

/**
 * A published slip of the actor's.
 * @throws not_found for a draft, for somebody else's, and for one that does not exist
 */
export async function findOwnSlip(db: Knex, actor: Actor, id: string): Promise<SlipRow> {
  const slip = await findSlip(db, actor.payers, id);
  if (!slip || !maySee(actor, slip)) throw new ApiError('not_found');
  return slip;
}

/** A slip with all that is on it, as a screen shows it: with the codes to pay by. That it may be, the caller decides. */
export async function showSlip({ db, logger }: Pick<Services, 'db' | 'logger'>, slip: SlipRow): Promise<Slip> {
  const parts = await partsOf(db, slip.managerId, [slip]);
  return presentSlip(slip, parts(slip), (order) => qrPathOf(logger, slip, order));
}

/**
 * A slip of the actor's, which is opened by this, unless their program fetches it ahead.
 * @throws not_found
 */
export async function readSlip(
  services: Pick<Services, 'db' | 'clock' | 'logger'>,
  actor: Actor,
  { id, isAhead }: { readonly id: string; readonly isAhead: boolean },
): Promise<Slip> {
  const slip = await findOwnSlip(services.db, actor, id);
  const [shown] = await Promise.all([showSlip(services, slip), openSlips(services, isAhead ? [] : [slip])]);
  return shown;
}
