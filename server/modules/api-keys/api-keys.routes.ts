import { createApiKey, listApiKeys, revokeApiKey } from '../../../contract/api-keys.ts';
import { staffManager } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { askerOf } from '../account/asker.ts';
import { requireOwnPassword } from '../account/own-password.ts';
import { presentApiKey } from './api-keys.presenter.ts';
import { createKey, findKey, findKeys, revokeKey } from './api-keys.service.ts';

export function apiKeyRoutes(services: Services): Route[] {
  const { db } = services;
  return [
    route(listApiKeys, async ({ query, actor }) => {
      const keys = await findKeys(db, staffManager(actor, query.managerId, 'admin'));
      return { items: keys.map(presentApiKey) };
    }),
    route(createApiKey, async ({ query, body, actor, request }) => {
      const managerId = staffManager(actor, query.managerId, 'admin');
      await requireOwnPassword(services, actor.accountId, body.password);
      const { id, key } = await createKey(services, askerOf({ actor, request }), managerId, body);
      return { key, apiKey: presentApiKey(await findKey(db, managerId, id)) };
    }),
    route(revokeApiKey, async ({ params, query, actor, request }) => {
      const managerId = staffManager(actor, query.managerId, 'admin');
      await revokeKey(services, askerOf({ actor, request }), managerId, params.id);
      return presentApiKey(await findKey(db, managerId, params.id));
    }),
  ];
}
