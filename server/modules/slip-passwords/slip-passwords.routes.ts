import {
  batchHeader,
  batchPayersHeader,
  countSlipPasswords,
  getSlipPasswordBatch,
  getSlipPasswordStanding,
  issueSlipPasswords,
  listBuildingStandings,
  listSlipPasswordBatches,
  mostListed,
  revokeSlipPasswordBatch,
} from '../../../contract/slip-passwords.ts';
import { whoOf } from '../../audit/who.ts';
import { toInstant } from '../../db/time.ts';
import { staffManager } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import { stream } from '../../http/streamed.ts';
import type { Services } from '../../services.ts';
import { batchFile } from './batch-file.ts';
import { findBatch, pageOfBatches } from './batches.queries.ts';
import { expiryOf, openBatch, type BatchRequest } from './issue-batch.ts';
import { findRecipients } from './recipients.ts';
import { presentBatch, presentIssued } from './slip-passwords.presenter.ts';
import { issueList, planBatch } from './slip-passwords.service.ts';
import { pageOfBuildings, standingOf } from './standing.queries.ts';
import { revokeBatch, sweepBatches } from './void-batch.ts';

const fileNames = { 'text/csv': 'gesla-z-razdelilnika.csv', 'application/pdf': 'gesla-z-razdelilnika.pdf' } as const;

async function file(services: Services, plan: BatchRequest, form: keyof typeof fileNames) {
  const batch = await openBatch(services, plan);
  const headers = { [batchHeader]: batch.batchId, [batchPayersHeader]: String(plan.payerIds.length) };
  return stream(form, await batchFile(services, batch, form), { fileName: fileNames[form], headers });
}

export function slipPasswordRoutes(services: Services): Route[] {
  const { db, clock } = services;
  const now = (): string => toInstant(clock());
  return [
    route(countSlipPasswords, async ({ query, body, actor }) => {
      const managerId = staffManager(actor, query.managerId, 'admin');
      const order = { managerId, order: body, sorted: 'code', now: now() } as const;
      const found = await findRecipients(db, order);
      return { ...found, expiresAt: (await expiryOf(services, managerId, clock())).toISOString() };
    }),
    route(issueSlipPasswords, async ({ query, body, actor, request }) => {
      // Asked before anything is issued: what cannot be shown must not void what the residents hold.
      const wanted = request.accepts('application/json', 'text/csv', 'application/pdf');
      const managerId = staffManager(actor, query.managerId, 'admin');
      const form = wanted === 'application/pdf' ? 'letters' : 'list';
      const order = { managerId, who: whoOf({ actor, request }), order: body, form } as const;
      if (wanted !== 'application/json') return file(services, await planBatch(services, order), wanted);
      return presentIssued(await issueList(services, await planBatch(services, order, mostListed)));
    }),
    route(getSlipPasswordStanding, async ({ query, actor }) => {
      const managerId = staffManager(actor, query.managerId, 'clerk');
      await sweepBatches(services, managerId);
      return standingOf(db, managerId, now());
    }),
    route(listBuildingStandings, async ({ query, actor }) =>
      pageOfBuildings(db, staffManager(actor, query.managerId, 'clerk'), query, now()),
    ),
    route(listSlipPasswordBatches, async ({ query, actor }) => {
      const managerId = staffManager(actor, query.managerId, 'clerk');
      await sweepBatches(services, managerId);
      const { items, nextCursor } = await pageOfBatches(db, managerId, query);
      return { items: items.map((batch) => presentBatch(batch, now())), nextCursor };
    }),
    route(
      getSlipPasswordBatch,
      async ({ params, query, actor }) => {
        const managerId = staffManager(actor, query.managerId, 'clerk');
        return presentBatch(await findBatch(db, { managerId, batchId: params.id }), now());
      },
      { isUse: false },
    ),
    route(revokeSlipPasswordBatch, async ({ params, query, actor, request }) => {
      const key = { managerId: staffManager(actor, query.managerId, 'admin'), batchId: params.id };
      await revokeBatch(services, key, whoOf({ actor, request }));
      return presentBatch(await findBatch(db, key), now());
    }),
  ];
}
