import { checkSession, createSession, deleteSession, getSession } from '../../../contract/session.ts';
import { whoOf } from '../../audit/who.ts';
import { transaction } from '../../db/transaction.ts';
import { addressPrefix } from '../../http/address.ts';
import { route, type Route } from '../../http/route.ts';
import { Session } from '../../models/session.ts';
import type { Services } from '../../services.ts';
import { presentOwnSession } from './session.service.ts';
import { signIn } from './sign-in.ts';

export function sessionRoutes(services: Services): Route[] {
  const { audit, db, limits } = services;

  return [
    route(
      createSession,
      async (call) => {
        const { accountId, token } = await signIn(services, call);
        return { token, session: await presentOwnSession(services, accountId) };
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
    route(checkSession, () => Promise.resolve(undefined), { isUse: false }),
    route(deleteSession, async (call) => {
      const { accountId, sessionId } = call.actor;
      await transaction(db, async (trx) => {
        const ended = await Session.query(trx).deleteById(sessionId);
        if (ended === 0) return;
        const subject = { kind: 'account', id: accountId };
        await audit.record(trx, { action: 'session.ended', ...whoOf(call), subject });
      });
      return undefined;
    }),
  ];
}
