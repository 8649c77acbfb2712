import { getSlip, getSlipPdf, listSlips, slipFileName } from '../../../contract/slips.ts';
import { ApiError } from '../../http/api-error.ts';
import { route, type Route } from '../../http/route.ts';
import { stream } from '../../http/streamed.ts';
import type { Services } from '../../services.ts';
import { openSlips } from './openings.service.ts';
import { documentOf } from './slip-documents.ts';
import { hasEInvoice } from './slips.policy.ts';
import { presentSummary } from './slips.presenter.ts';
import { pageOfSlips } from './slips.queries.ts';
import { findOwnSlip, readSlip } from './slips.service.ts';

export function slipRoutes(services: Services): Route[] {
  const { db } = services;
  return [
    route(listSlips, async ({ query, actor }) => {
      const { items, nextCursor } = await pageOfSlips(db, actor.payers, query);
      return { items: items.map(presentSummary), nextCursor };
    }),
    route(getSlip, ({ params, query, actor }) =>
      readSlip(services, actor, { id: params.id, isAhead: query.ahead !== undefined }),
    ),
    route(getSlipPdf, async ({ params, query, actor }) => {
      const slip = await findOwnSlip(db, actor, params.id);
      if (!hasEInvoice(slip.channel)) throw new ApiError('e_invoice_required');
      const pdf = await services.documents.slipPdf(await documentOf(db, slip));
      if (query.ahead === undefined) await openSlips(services, [slip]);
      return stream('application/pdf', pdf, { fileName: slipFileName(slip) });
    }),
  ];
}
