import { getPortal } from '../../../contract/portal.ts';
import { route, type Route } from '../../http/route.ts';
import { Manager } from '../../models/manager.ts';
import { ManagerHost } from '../../models/manager-host.ts';
import type { Services } from '../../services.ts';
import { presentManager } from './portal.presenter.ts';

export const portalRoutes = ({ config, db, humanCheck, version }: Services): Route[] => [
  route(getPortal, async ({ request }) => {
    const byHost = await Manager.query(db).findOne(
      'id',
      ManagerHost.query(db).select('manager_id').where('host', request.host),
    );
    // Only where the address names no manager is there something to choose from.
    const choice = byHost ? [] : await Manager.query(db).orderBy('name');
    return {
      product: 'iiPortal' as const,
      version,
      manager: byHost ? presentManager(byHost) : null,
      managers: choice.map(presentManager),
      humanCheck: humanCheck.kind,
      turnstile: config.turnstile && { origin: config.turnstile.origin },
    };
  }),
];
