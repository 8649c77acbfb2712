import { listManagers } from '../../../contract/account-payers.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { presentManager } from '../portal/portal.presenter.ts';
import { pageOfManagers } from './managers.queries.ts';

export const managerRoutes = ({ db }: Services): Route[] => [
  route(listManagers, async ({ query }) => {
    const { items, nextCursor } = await pageOfManagers(db, query);
    return { items: items.map(presentManager), nextCursor };
  }),
];
