import { issueSlipPasswords as operation } from '../../../contract/slip-passwords.ts';
import { staffManager } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { presentIssued } from './slip-passwords.presenter.ts';
import { issueSlipPasswords, recipients } from './slip-passwords.service.ts';

export function slipPasswordRoutes(services: Services): Route[] {
  return [
    route(operation, async ({ query, body, actor, request }) => {
      // Asked before anything is issued: what cannot be shown must not void what the residents hold.
      request.accepts('application/json');
      const managerId = staffManager(actor, query.managerId, 'admin');
      const batch = await issueSlipPasswords(services, { managerId, issuedBy: actor.accountId, order: body });
      const issued = [];
      for await (const recipient of recipients(services.db, batch)) issued.push(presentIssued(recipient, batch));
      return { batchId: batch.batchId, issued };
    }),
  ];
}
