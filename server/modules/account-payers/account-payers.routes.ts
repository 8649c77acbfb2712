import { addPayer, removePayer } from '../../../contract/account-payers.ts';
import { addressPrefix } from '../../http/address.ts';
import { ApiError } from '../../http/api-error.ts';
import { counted } from '../../http/limit.ts';
import { payerSubject } from '../../http/rate-limits.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { askerOf } from '../account/asker.ts';
import { requireOwnPassword } from '../account/own-password.ts';
import { presentOwnSession } from '../session/session.service.ts';
import { addPayer as link, removePayer as unlink } from './account-payers.service.ts';

export function accountPayerRoutes(services: Services): Route[] {
  const { limits } = services;
  return [
    route(addPayer, async ({ body, actor, request }) => {
      const payer = [payerSubject(body.managerId, body.payerCode), addressPrefix(request.address)] as const;
      await counted(limits.registrationPayer, payer, () => link(services, askerOf({ actor, request }), body));
      return presentOwnSession(services, actor.accountId);
    }),
    route(removePayer, async ({ params, body, actor, request }) => {
      // Before the password is asked for: somebody else's payer is not worth a try.
      if (!actor.payers.some(({ payerId }) => payerId === params.id)) throw new ApiError('not_found');
      await requireOwnPassword(services, actor.accountId, body.password);
      await unlink(services, askerOf({ actor, request }), params.id);
      return presentOwnSession(services, actor.accountId);
    }),
  ];
}
