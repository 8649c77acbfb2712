import {
  cancelEmailChange,
  changeEmail,
  changePassword,
  confirmEmail,
  sendEmailCode,
  updateAccount,
} from '../../../contract/account.ts';
import { addressPrefix } from '../../http/address.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { presentOwnSession } from '../session/session.service.ts';
import * as account from './account.service.ts';
import { askerOf } from './asker.ts';
import * as email from './email.service.ts';

export function accountRoutes(services: Services): Route[] {
  const present = (accountId: string) => presentOwnSession(services, accountId);

  return [
    route(updateAccount, async ({ body, actor }) => {
      await account.changeProfile(services, actor.accountId, body);
      return present(actor.accountId);
    }),
    route(changePassword, async ({ body, actor, request }) => {
      const token = await account.changePassword(services, askerOf({ actor, request }), body);
      return { token, session: await present(actor.accountId) };
    }),
    route(changeEmail, async ({ body, actor }) => {
      await email.changeEmail(services, actor.accountId, body);
      return present(actor.accountId);
    }),
    route(cancelEmailChange, async ({ actor }) => {
      await email.cancelEmailChange(services, actor.accountId);
      return present(actor.accountId);
    }),
    route(sendEmailCode, ({ actor }) => email.sendEmailCode(services, actor.accountId)),
    route(confirmEmail, async ({ body, actor, request }) => {
      const network = addressPrefix(request.address);
      await email.confirmEmail(services, askerOf({ actor, request }), { code: body.code, network });
      return present(actor.accountId);
    }),
  ];
}
