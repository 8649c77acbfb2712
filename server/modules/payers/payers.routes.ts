import {
  endPayerSession,
  exportPayers,
  getPayer,
  liftPayerLimits,
  listPayers,
  releasePayer,
} from '../../../contract/payers.ts';
import { whoOf } from '../../audit/who.ts';
import { toInstant } from '../../db/time.ts';
import { transaction } from '../../db/transaction.ts';
import { staffManager } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import { stream } from '../../http/streamed.ts';
import type { Services } from '../../services.ts';
import { assertBuilding } from './buildings.queries.ts';
import { keyOf } from './office-call.ts';
import { endPayerSession as endSession, releasePayer as release } from './payer-account.service.ts';
import { detailsOf } from './payer-details.ts';
import { countPayers, payersFile } from './payers-export.ts';
import { liftLimits } from './payer-limits.ts';
import { presentPayer } from './payers.presenter.ts';
import { pageOfPayers, slipsOf } from './payers.queries.ts';

export function payerRoutes(services: Services): Route[] {
  const { audit, db, clock } = services;
  return [
    route(listPayers, async ({ query, actor }) => {
      const managerId = staffManager(actor, query.managerId, 'clerk');
      const { items, ...page } = await pageOfPayers(db, { ...query, managerId }, toInstant(clock()));
      const slips = await slipsOf(db, managerId, items.map(({ id }) => id)); // prettier-ignore
      return { ...page, items: items.map((row) => presentPayer(row, slips)) };
    }),
    // Before the one payer, whose path would take its name for an id.
    route(exportPayers, async (call) => {
      const filter = { ...call.query, managerId: staffManager(call.actor, call.query.managerId, 'clerk') };
      const { managerId, buildingId } = filter;
      if (buildingId !== undefined) await assertBuilding(db, managerId, buildingId);
      const details = { count: await countPayers(services, filter) };
      await transaction(db, (trx) =>
        audit.record(trx, { action: 'payers.exported', managerId, ...whoOf(call), details }),
      );
      const fileName = `placniki-${toInstant(clock()).slice(0, 10)}.csv`;
      return stream('text/csv', payersFile(services, filter), { fileName });
    }),
    route(getPayer, (call) => detailsOf(services, keyOf(call))),
    route(releasePayer, async (call) => {
      await release(services, keyOf(call), call);
      return undefined;
    }),
    route(endPayerSession, async (call) => {
      await endSession(services, keyOf(call), call);
      return undefined;
    }),
    route(liftPayerLimits, async (call) => {
      await liftLimits(services, keyOf(call), call);
      return undefined;
    }),
  ];
}
