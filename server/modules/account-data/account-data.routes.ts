import { downloadAccountData } from '../../../contract/account.ts';
import { route, type Route } from '../../http/route.ts';
import { stream } from '../../http/streamed.ts';
import { transaction } from '../../db/transaction.ts';
import type { Services } from '../../services.ts';
import { askerOf } from '../account/asker.ts';
import { accountData } from './account-data.service.ts';

export const accountDataRoutes = (services: Services): Route[] => [
  route(downloadAccountData, async ({ actor, request }) => {
    const { db, clock, limits, audit } = services;
    await limits.dataDownload.consume(actor.accountId);
    await transaction(db, (trx) => audit.record(trx, { action: 'data.downloaded', ...askerOf({ actor, request }) }));
    const day = clock().toISOString().slice(0, 10);
    return stream('application/zip', await accountData(services, actor), {
      fileName: `iiportal-moji-podatki-${day}.zip`,
    });
  }),
];
