import { deleteAccount } from '../../../contract/account.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { askerOf } from '../account/asker.ts';
import { requireOwnPassword } from '../account/own-password.ts';
import { deleteAccount as erase } from './account-deletion.service.ts';

export const accountDeletionRoutes = (services: Services): Route[] => [
  route(deleteAccount, async ({ body, actor, request }) => {
    await requireOwnPassword(services, actor.accountId, body.password);
    await erase(services, askerOf({ actor, request }));
    return undefined;
  }),
];
