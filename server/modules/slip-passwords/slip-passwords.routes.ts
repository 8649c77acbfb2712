import { issueSlipPasswords as operation } from '../../../contract/slip-passwords.ts';
import { whoOf } from '../../audit/who.ts';
import { staffManager } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import { stream } from '../../http/streamed.ts';
import type { Services } from '../../services.ts';
import { letters } from './letters.ts';
import { presentIssued } from './slip-passwords.presenter.ts';
import { type IssuedBatch, issueSlipPasswords, recipients } from './slip-passwords.service.ts';

async function list({ db }: Services, batch: IssuedBatch) {
  const issued = [];
  for await (const recipient of recipients(db, batch)) issued.push(presentIssued(recipient, batch));
  return { batchId: batch.batchId, issued };
}

export function slipPasswordRoutes(services: Services): Route[] {
  return [
    route(operation, async ({ query, body, actor, request }) => {
      // Asked before anything is issued: what cannot be shown must not void what the residents hold.
      const form = request.accepts('application/json', 'application/pdf');
      const managerId = staffManager(actor, query.managerId, 'admin');
      const batch = await issueSlipPasswords(services, { managerId, who: whoOf({ actor, request }), order: body });
      if (form === 'application/json') return list(services, batch);
      return stream(form, await letters(services, batch), { fileName: 'gesla-z-razdelilnika.pdf' });
    }),
  ];
}
