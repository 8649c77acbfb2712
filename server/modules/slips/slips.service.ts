import type { Slip } from '../../../contract/slips.ts';
import type { Actor } from '../../http/actor.ts';
import { ApiError } from '../../http/api-error.ts';
import type { PaymentOrder } from '../../models/payment-order.ts';
import { upnPayload } from '../../payments/upn-qr.ts';
import { symbolPath, upnSymbol } from '../../payments/upn-symbol.ts';
import type { Services } from '../../services.ts';
import { hasEInvoice, maySee } from './slips.policy.ts';
import { presentSlip } from './slips.presenter.ts';
import { findSlip, itemsOf, paymentOrdersOf, type SlipRow } from './slips.queries.ts';

/**
 * The code to pay an order by; null without an e-invoice channel, and where nothing is to be paid. The import lets in
 * only what a code can say: an order that breaks a rule all the same is shown without one, and the log says why.
 */
function qrPathOf(logger: Services['logger'], slip: SlipRow, order: PaymentOrder): string | null {
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
 * A slip of the actor's with all that is on it.
 * @throws not_found for a draft, for somebody else's, and for one that does not exist
 */
export async function readSlip(
  { db, logger }: Pick<Services, 'db' | 'logger'>,
  actor: Actor,
  id: string,
): Promise<Slip> {
  const slip = await findSlip(db, actor.payers, id);
  if (!slip || !maySee(actor, slip)) throw new ApiError('not_found');
  const [items, orders] = await Promise.all([itemsOf(db, slip), paymentOrdersOf(db, slip)]);
  return presentSlip({
    slip,
    items,
    orders: orders.map((order) => ({ order, qrPath: qrPathOf(logger, slip, order) })),
  });
}
