import {
  confirmImport as confirmOperation,
  createImport as createOperation,
  discardImport as discardOperation,
  downloadFaultyRows,
  getImport as getOperation,
  listImports as listOperation,
  previewWithdrawal as previewWithdrawalOperation,
  publishImport as publishOperation,
  withdrawImport as withdrawOperation,
} from '../../../contract/imports.ts';
import { staffManager } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import { stream } from '../../http/streamed.ts';
import type { Import } from '../../models/import.ts';
import type { Services } from '../../services.ts';
import { confirmImport } from './confirm-import.ts';
import { readFaultyRows } from './faulty-rows/faulty-rows.ts';
import { presentImport } from './imports.presenter.ts';
import { pageOfImports, viewImports } from './imports.queries.ts';
import { createImport, discardImport, findImport, publishImport } from './imports.service.ts';
import { previewRoutes } from './preview/preview.routes.ts';
import { previewWithdrawal, withdrawImport } from './withdraw-import.ts';

export function importRoutes(services: Services): Route[] {
  const { db } = services;
  const present = async (row: Import) => presentImport((await viewImports(db, [row]))[0]!);
  return [
    route(createOperation, async ({ query, actor, request }) => {
      const managerId = staffManager(actor, query.managerId, 'clerk');
      const { accountId, program } = actor;
      const who = { managerId, accountId, program, fileName: query.fileName };
      return present(await createImport(services, request, who));
    }),
    route(listOperation, async ({ query, actor }) => {
      const { items, nextCursor } = await pageOfImports(db, staffManager(actor, query.managerId, 'clerk'), query);
      return { items: items.map(presentImport), nextCursor };
    }),
    route(getOperation, async ({ params, actor }) => present(await findImport(db, actor, params.id))),
    route(confirmOperation, async (call) => present(await confirmImport(services, call, call.params.id))),
    route(discardOperation, async (call) => present(await discardImport(services, call, call.params.id))),
    route(publishOperation, async (call) => present(await publishImport(services, call, call.params.id))),
    route(previewWithdrawalOperation, ({ params, actor }) => previewWithdrawal(services, actor, params.id)),
    route(withdrawOperation, async (call) =>
      present(await withdrawImport(services, call, call.params.id, call.body.reason)),
    ),
    route(downloadFaultyRows, async ({ params, actor }) => {
      const { managerId, id, fileName } = await findImport(db, actor, params.id);
      const name = `${fileName.replace(/\.csv$/i, '')} - napake.csv`;
      return stream('text/csv', await readFaultyRows(db, { managerId, importId: id }), { fileName: name });
    }),
    ...previewRoutes(services),
  ];
}
