import { getSlip, getSlipPdf, listSlips, slipFileName } from '../../../contract/slips.ts';
import { ApiError } from '../../http/api-error.ts';
import { route, type Route } from '../../http/route.ts';
import { stream } from '../../http/streamed.ts';
import type { Services } from '../../services.ts';
import { readDocument } from './slip-documents.ts';
import { hasEInvoice } from './slips.policy.ts';
import { presentSummary } from './slips.presenter.ts';
import { pageOfSlips } from './slips.queries.ts';
import { readSlip } from './slips.service.ts';

export function slipRoutes(services: Services): Route[] {
  const { db } = services;
  return [
    route(listSlips, async ({ query, actor }) => {
      const { items, nextCursor } = await pageOfSlips(db, actor.payers, query);
      return { items: items.map(presentSummary), nextCursor };
    }),
    route(getSlip, ({ params, actor }) => readSlip(services, actor, params.id)),
    route(getSlipPdf, async ({ params, actor }) => {
      const document = await readDocument(services, actor, params.id);
      if (!hasEInvoice(document.slip.channel)) throw new ApiError('e_invoice_required');
      return stream('application/pdf', await services.documents.slipPdf(document), {
        fileName: slipFileName(document.slip),
      });
    }),
  ];
}
