import { getSlipAsResident, getSlipPdfAsOffice } from '../../../contract/office-slips.ts';
import { slipFileName } from '../../../contract/slips.ts';
import { toIso } from '../../db/time.ts';
import { route, type Route } from '../../http/route.ts';
import { stream } from '../../http/streamed.ts';
import type { Services } from '../../services.ts';
import { documentOf } from '../slips/slip-documents.ts';
import { showSlip } from '../slips/slips.service.ts';
import { lookAt } from './office-slips.service.ts';

export function officeSlipRoutes(services: Services): Route[] {
  const { db, documents } = services;
  return [
    route(getSlipAsResident, async ({ params, ...call }) => {
      const slip = await lookAt(services, call, params.id);
      return {
        slip: await showSlip(services, slip),
        run: { id: slip.runId, period: slip.period, state: slip.runState },
        firstOpenedAt: slip.firstOpenedAt === null ? null : toIso(slip.firstOpenedAt),
      };
    }),
    route(getSlipPdfAsOffice, async ({ params, ...call }) => {
      const slip = await lookAt(services, call, params.id);
      const pdf = await documents.slipPdf(await documentOf(db, slip));
      return stream('application/pdf', pdf, { fileName: slipFileName(slip) });
    }),
  ];
}
