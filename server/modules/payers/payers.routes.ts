import { listPayers } from '../../../contract/payers.ts';
import { toInstant } from '../../db/time.ts';
import { staffManager } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { presentPayer } from './payers.presenter.ts';
import { pageOfPayers, slipsOf } from './payers.queries.ts';

export function payerRoutes({ db, clock }: Services): Route[] {
  return [
    route(listPayers, async ({ query, actor }) => {
      const managerId = staffManager(actor, query.managerId, 'clerk');
      const { items, ...page } = await pageOfPayers(db, { ...query, managerId }, toInstant(clock()));
      const slips = await slipsOf(db, managerId, items.map(({ id }) => id)); // prettier-ignore
      return { ...page, items: items.map((row) => presentPayer(row, slips)) };
    }),
  ];
}
