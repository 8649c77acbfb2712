import { listMails, retryMail as retryOperation } from '../../../contract/mails.ts';
import { staffManager } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { presentMail } from './mails.presenter.ts';
import { pageOfMails } from './mails.queries.ts';
import { retryMail } from './mails.service.ts';

export function mailRoutes(services: Services): Route[] {
  return [
    route(listMails, async ({ query, actor }) => {
      const { items, nextCursor } = await pageOfMails(
        services.db,
        staffManager(actor, query.managerId, 'clerk'),
        query,
      );
      return { items: items.map(presentMail), nextCursor };
    }),
    route(retryOperation, async (call) => presentMail(await retryMail(services, call, call.params.id))),
  ];
}
