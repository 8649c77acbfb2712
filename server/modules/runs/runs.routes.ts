import { getRun, listRuns, type Run } from '../../../contract/print-runs.ts';
import { toIso } from '../../db/time.ts';
import { staffManager, staffManagers } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { countSelection } from '../print-runs/print-selection.ts';
import { buildingsOf, channelsOf, findRun, pageOfRuns, type RunRow, sumOf } from './runs.queries.ts';

const presentRun = ({ publishedAt, ...run }: RunRow): Run => ({
  ...run,
  publishedAt: publishedAt === null ? null : toIso(publishedAt),
});

export function runRoutes(services: Services): Route[] {
  const { db } = services;
  return [
    route(listRuns, async ({ query, actor }) => {
      const { items, nextCursor } = await pageOfRuns(db, staffManager(actor, query.managerId, 'clerk'), query);
      return { items: items.map(presentRun), nextCursor };
    }),
    route(getRun, async ({ params, actor }) => {
      const run = await findRun(db, staffManagers(actor, 'clerk'), params.id);
      const [sum, buildings, channels, counts] = await Promise.all([
        ...([sumOf(db, run), buildingsOf(db, run), channelsOf(db, run)] as const),
        countSelection(db, run.managerId, { runId: run.id }),
      ]);
      return { ...presentRun(sum), buildings, channels, withoutAccount: counts.withoutAccount };
    }),
  ];
}
