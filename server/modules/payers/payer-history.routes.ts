import { listBuildings, listPayerEvents, listPayerMails, listPayerSlips } from '../../../contract/payers.ts';
import { staffManager } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { presentMail } from '../mails/mails.presenter.ts';
import { pageOfBuildings } from './buildings.queries.ts';
import { assertPayer, keyOf } from './office-call.ts';
import { pageOfPayerEvents } from './payer-events.queries.ts';
import { pageOfPayerMails } from './payer-mails.queries.ts';
import { pageOfPayerSlips, presentPayerSlip } from './payer-slips.queries.ts';

/** What the office looks up of a payer besides the payer itself. */
export function payerHistoryRoutes({ db }: Services): Route[] {
  return [
    route(listBuildings, ({ query, actor }) =>
      pageOfBuildings(db, staffManager(actor, query.managerId, 'clerk'), query),
    ),
    route(listPayerSlips, async (call) => {
      await assertPayer(db, keyOf(call));
      const { items, nextCursor } = await pageOfPayerSlips(db, keyOf(call), call.query);
      return { items: items.map(presentPayerSlip), nextCursor };
    }),
    route(listPayerMails, async (call) => {
      const { email } = await assertPayer(db, keyOf(call));
      const { items, nextCursor } = await pageOfPayerMails(db, keyOf(call), email, call.query);
      return { items: items.map((mail) => presentMail(mail, call.params.id)), nextCursor };
    }),
    route(listPayerEvents, async (call) => {
      await assertPayer(db, keyOf(call));
      return pageOfPayerEvents(db, keyOf(call), call.query);
    }),
  ];
}
