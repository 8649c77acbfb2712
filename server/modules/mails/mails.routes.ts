import {
  countFailedMails,
  listMails,
  retryMail as retryOperation,
  retryMails as retryAllOperation,
} from '../../../contract/mails.ts';
import { staffManager } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import type { Mail } from '../../models/mail.ts';
import type { Services } from '../../services.ts';
import { presentMail } from './mails.presenter.ts';
import { countFailed, pageOfMails, payersBehind } from './mails.queries.ts';
import { retryMail, retryMails } from './mails.service.ts';

export function mailRoutes(services: Services): Route[] {
  const { db } = services;
  async function present(managerId: string, mails: readonly Mail[]) {
    const payers = await payersBehind(db, managerId, mails);
    return mails.map((mail) => presentMail(mail, payers.get(mail.id)));
  }
  return [
    route(listMails, async ({ query, actor }) => {
      const managerId = staffManager(actor, query.managerId, 'clerk');
      const { items, nextCursor } = await pageOfMails(db, managerId, query);
      return { items: await present(managerId, items), nextCursor };
    }),
    route(retryOperation, async (call) => {
      const mail = await retryMail(services, call, call.params.id);
      return (await present(mail.managerId ?? '', [mail]))[0]!;
    }),
    route(countFailedMails, ({ query, actor }) =>
      countFailed(db, staffManager(actor, query.managerId, 'clerk'), query),
    ),
    route(retryAllOperation, async (call) => {
      const managerId = staffManager(call.actor, call.query.managerId, 'clerk');
      return { retried: await retryMails(services, call, managerId, call.body) };
    }),
  ];
}
