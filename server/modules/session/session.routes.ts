import { createSession, deleteSession, getSession } from '../../../contract/session.ts';
import { addressPrefix } from '../../http/address.ts';
import { ApiError } from '../../http/api-error.ts';
import { route, type Route } from '../../http/route.ts';
import { Session } from '../../models/session.ts';
import type { Services } from '../../services.ts';
import { checkCredentials, presentOwnSession, replaceSession } from './session.service.ts';

export function sessionRoutes(services: Services): Route[] {
  const { db, limits } = services;

  return [
    route(
      createSession,
      async ({ body, request }) => {
        const prefix = addressPrefix(request.address);
        await limits.signIn.consume(body.email, prefix);
        const account = await checkCredentials(services, body);
        if (!account) throw new ApiError('wrong_credentials');
        await limits.signIn.forget(body.email, prefix);
        const token = await replaceSession(services, account.id, body.device);
        return { token, session: await presentOwnSession(services, account.id) };
      },
      {
        limit: async (address) => {
          // The caller's own limit first: whoever is over it must not use up what is everybody's.
          await limits.signInAddress.consume(addressPrefix(address));
          await limits.signInAll.consume('');
        },
      },
    ),
    route(getSession, ({ actor }) => presentOwnSession(services, actor.accountId)),
    route(deleteSession, async ({ actor }) => {
      await Session.query(db).deleteById(actor.sessionId);
      return undefined;
    }),
  ];
}
