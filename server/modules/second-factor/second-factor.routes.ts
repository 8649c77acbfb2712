import {
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  startSecondFactor,
} from '../../../contract/second-factor.ts';
import { staffManagers } from '../../http/actor.ts';
import { ApiError } from '../../http/api-error.ts';
import { counted } from '../../http/limit.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { askerOf } from '../account/asker.ts';
import { requireOwnPassword } from '../account/own-password.ts';
import { presentOwnSession } from '../session/session.service.ts';
import * as secondFactor from './second-factor.service.ts';

export function secondFactorRoutes(services: Services): Route[] {
  const { config, limits } = services;

  return [
    route(startSecondFactor, async ({ body, actor }) => {
      await requireOwnPassword(services, actor.accountId, body.password);
      return secondFactor.startSecondFactor(services, actor);
    }),
    route(confirmSecondFactor, ({ body, actor, request }) =>
      counted(limits.secondFactor, [actor.accountId], async () => {
        const asker = askerOf({ actor, request });
        return { recoveryCodes: await secondFactor.confirmSecondFactor(services, asker, body.code) };
      }),
    ),
    route(renewRecoveryCodes, async ({ body, actor, request }) => {
      await requireOwnPassword(services, actor.accountId, body.password);
      return { recoveryCodes: await secondFactor.renewRecoveryCodes(services, askerOf({ actor, request })) };
    }),
    route(removeSecondFactor, async ({ body, actor, request }) => {
      await requireOwnPassword(services, actor.accountId, body.password);
      const isCompulsory = config.secondFactor === 'admins' && staffManagers(actor, 'admin').length > 0;
      if (isCompulsory) throw new ApiError('second_factor_needed');
      const asker = askerOf({ actor, request });
      await counted(limits.secondFactor, [actor.accountId], () =>
        secondFactor.removeSecondFactor(services, asker, body.code),
      );
      return presentOwnSession(services, actor.accountId);
    }),
  ];
}
