import {
  deleteLogo,
  getLogo,
  getManagerSettings,
  previewTemplates,
  setLogo,
  updateManagerSettings,
  type ManagerSettings,
} from '../../../contract/manager-settings.ts';
import { staffManager } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import { stream } from '../../http/streamed.ts';
import type { Services } from '../../services.ts';
import { askerOf } from '../account/asker.ts';
import { changeLogo, hasLogo, pictureOf, removeLogo } from './logo.service.ts';
import { exampleOf, previewOf } from './preview.ts';
import { presentSettings } from './settings.presenter.ts';
import { changeSettings, findManager } from './settings.service.ts';

export function managerSettingsRoutes(services: Services): Route[] {
  const { db } = services;
  const present = async (managerId: string): Promise<ManagerSettings> =>
    presentSettings(await findManager(db, managerId), await hasLogo(db, managerId));
  return [
    route(getManagerSettings, ({ query, actor }) => present(staffManager(actor, query.managerId, 'clerk'))),
    route(updateManagerSettings, async ({ query, body, actor, request }) => {
      const managerId = staffManager(actor, query.managerId, 'admin');
      await changeSettings(services, askerOf({ actor, request }), managerId, body);
      return present(managerId);
    }),
    route(previewTemplates, async ({ query, body, actor }) =>
      previewOf(body, await exampleOf(db, staffManager(actor, query.managerId, 'clerk'))),
    ),
    route(getLogo, async ({ query, actor }) => {
      const { mediaType, picture } = await pictureOf(db, staffManager(actor, query.managerId, 'clerk'));
      return stream(mediaType, picture);
    }),
    route(setLogo, async ({ query, actor, request }) => {
      const managerId = staffManager(actor, query.managerId, 'admin');
      await changeLogo(services, askerOf({ actor, request }), managerId, request.body);
      return present(managerId);
    }),
    route(deleteLogo, async ({ query, actor, request }) => {
      const managerId = staffManager(actor, query.managerId, 'admin');
      await removeLogo(services, askerOf({ actor, request }), managerId);
      return present(managerId);
    }),
  ];
}
