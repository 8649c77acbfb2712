import {
  countPrint,
  createPrintRun as createOperation,
  getPrintRun,
  listPrintRuns,
  printRunHeader,
} from '../../../contract/print-runs.ts';
import { whoOf } from '../../audit/who.ts';
import { staffManager } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import { stream } from '../../http/streamed.ts';
import type { Services } from '../../services.ts';
import { findRun } from '../runs/runs.queries.ts';
import { roleFor } from './print-runs.policy.ts';
import { presentPrintRun } from './print-runs.presenter.ts';
import { findPrintRun, pageOfPrintRuns } from './print-runs.queries.ts';
import { createPrintRun } from './print-runs.service.ts';
import { countSelection } from './print-selection.ts';

const mediaTypes = { pdf: 'application/pdf', zip: 'application/zip' } as const;

export function printRunRoutes(services: Services): Route[] {
  const { db } = services;
  return [
    route(countPrint, async ({ query, body, actor }) => {
      const managerId = staffManager(actor, query.managerId, 'clerk');
      await findRun(db, [managerId], body.runId);
      return countSelection(db, managerId, body);
    }),
    route(createOperation, async ({ query, body: order, actor, request }) => {
      // Asked before anything is done: what cannot be shown must not void what the residents hold.
      const form = request.accepts(mediaTypes[order.form]);
      const managerId = staffManager(actor, query.managerId, roleFor(order));
      const print = await createPrintRun(services, { managerId, who: whoOf({ actor, request }), order });
      const headers = { [printRunHeader]: print.printRunId };
      return stream(form, print.body, { fileName: print.fileName, headers });
    }),
    route(listPrintRuns, async ({ query, actor }) => {
      const { items, nextCursor } = await pageOfPrintRuns(db, staffManager(actor, query.managerId, 'clerk'), query);
      return { items: items.map(presentPrintRun), nextCursor };
    }),
    route(getPrintRun, async ({ params, actor }) => presentPrintRun(await findPrintRun(db, actor, params.id))),
  ];
}
