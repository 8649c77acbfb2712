import { getRun, getRunRecipients, listRuns, listRunSlips } from '../../../contract/runs.ts';
import { staffManager, staffManagers } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { recipientsOf } from './run-recipients.queries.ts';
import { pageOfRunSlips } from './run-slips.queries.ts';
import { presentRun, presentRunSlip } from './runs.presenter.ts';
import { buildingsOf, findRun, pageOfRuns, viewRuns } from './runs.queries.ts';

export function runRoutes(services: Services): Route[] {
  const { db } = services;
  return [
    route(listRuns, async ({ query, actor }) => {
      const { items, nextCursor } = await pageOfRuns(db, staffManager(actor, query.managerId, 'clerk'), query);
      return { items: items.map(presentRun), nextCursor };
    }),
    route(getRun, async ({ params, actor }) => {
      const run = await findRun(db, staffManagers(actor, 'clerk'), params.id);
      const [views, buildings] = await Promise.all([viewRuns(db, run.managerId, [run]), buildingsOf(db, run)]);
      return { ...presentRun(views[0]!), buildings };
    }),
    route(getRunRecipients, async ({ params, actor }) =>
      recipientsOf(db, await findRun(db, staffManagers(actor, 'clerk'), params.id)),
    ),
    route(listRunSlips, async ({ params, query, actor }) => {
      const run = await findRun(db, staffManagers(actor, 'clerk'), params.id);
      const { items, nextCursor, total } = await pageOfRunSlips(db, run, query);
      return { items: items.map(presentRunSlip), nextCursor, total };
    }),
  ];
}
