import { downloadSlips, listSlipYears } from '../../../contract/slips.ts';
import { transaction } from '../../db/transaction.ts';
import { ApiError } from '../../http/api-error.ts';
import { route, type Route } from '../../http/route.ts';
import { stream } from '../../http/streamed.ts';
import type { Services } from '../../services.ts';
import { zipped } from '../../zip.ts';
import { askerOf } from '../account/asker.ts';
import { slipYears } from '../slips/slips.queries.ts';
import { pdfsOfYear } from './slip-years.service.ts';

export function slipYearRoutes(services: Services): Route[] {
  const { db, limits, audit } = services;
  return [
    route(listSlipYears, async ({ query, actor }) => ({ items: await slipYears(db, actor.payers, query.payerId) })),
    route(downloadSlips, async ({ params: { year }, query: { payerId }, actor, request }) => {
      const found = (await slipYears(db, actor.payers, payerId)).find((one) => one.year === year);
      if (!found) throw new ApiError('not_found');
      await limits.slipsDownload.consume(actor.accountId);
      const deed = { action: 'slips.downloaded', ...askerOf({ actor, request }), details: { ...found } } as const;
      await transaction(db, (trx) => audit.record(trx, deed));
      const fileName = `razdelilniki-${year}.zip`;
      return stream('application/zip', zipped(pdfsOfYear(services, actor, { year, payerId })), { fileName });
    }),
  ];
}
