import {
  createImport as createOperation,
  discardImport as discardOperation,
  getImport as getOperation,
  listImports as listOperation,
  publishImport as publishOperation,
} from '../../../contract/imports.ts';
import { staffManager } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import type { Import } from '../../models/import.ts';
import type { Services } from '../../services.ts';
import { presentImport } from './imports.presenter.ts';
import { pageOfImports, viewImports } from './imports.queries.ts';
import { createImport, discardImport, findImport, publishImport } from './imports.service.ts';

export function importRoutes(services: Services): Route[] {
  const { db } = services;
  const present = async (row: Import) => presentImport((await viewImports(db, [row]))[0]!);
  return [
    route(createOperation, async ({ query, actor, request }) => {
      const managerId = staffManager(actor, query.managerId, 'clerk');
      const who = { managerId, accountId: actor.accountId, fileName: query.fileName };
      return present(await createImport(services, request, who));
    }),
    route(listOperation, async ({ query, actor }) => {
      const { items, nextCursor } = await pageOfImports(db, staffManager(actor, query.managerId, 'clerk'), query);
      return { items: items.map(presentImport), nextCursor };
    }),
    route(getOperation, async ({ params, actor }) => present(await findImport(db, actor, params.id))),
    route(discardOperation, async (call) => present(await discardImport(services, call, call.params.id))),
    route(publishOperation, async (call) => present(await publishImport(services, call, call.params.id))),
  ];
}
