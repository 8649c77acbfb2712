import {
  addHost as addHostOperation,
  deleteLogo,
  getLogo,
  getManagerSettings,
  makeHostMain as makeHostMainOperation,
  nameIban as nameIbanOperation,
  previewMail,
  previewTemplates,
  removeHost as removeHostOperation,
  removeIban as removeIbanOperation,
  setLogo,
  updateManagerSettings,
  type ManagerSettings,
} from '../../../contract/manager-settings.ts';
import type { Caller } from '../../audit/who.ts';
import { staffManager, type Actor } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import { stream } from '../../http/streamed.ts';
import { normalizeIban } from '../../payments/iban.ts';
import type { Services } from '../../services.ts';
import { askerOf } from '../account/asker.ts';
import { hostsOf, portalAddressOf } from '../managers/managers.service.ts';
import { addHost, makeHostMain, removeHost } from './hosts.service.ts';
import { ibansOf, nameIban, removeIban } from './ibans.service.ts';
import { changeLogo, hasLogo, pictureOf, removeLogo } from './logo.service.ts';
import { mailPreviewOf } from './mail-preview.ts';
import { exampleOf, previewOf } from './preview.ts';
import { presentSettings } from './settings.presenter.ts';
import { changeSettings, findManager } from './settings.service.ts';

type Present = (managerId: string) => Promise<ManagerSettings>;

const createPresent =
  ({ db, config }: Services): Present =>
  async (managerId) => {
    const manager = await findManager(db, managerId);
    return presentSettings(manager, {
      hasLogo: await hasLogo(db, managerId),
      hosts: await hostsOf(db, manager),
      ibans: await ibansOf(db, manager),
      usualPasswordDays: config.slipPasswordDays,
    });
  };

interface AdminCall extends Caller {
  readonly actor: Actor;
  readonly query: { readonly managerId?: string | undefined };
}

const adminsManager = ({ actor, query }: AdminCall): string => staffManager(actor, query.managerId, 'admin');

const listRoutes = (services: Services, present: Present): Route[] => [
  route(addHostOperation, async (call) => {
    const managerId = adminsManager(call);
    await addHost(services, askerOf(call), { managerId, host: call.body.host });
    return present(managerId);
  }),
  route(removeHostOperation, async (call) => {
    const managerId = adminsManager(call);
    await removeHost(services, askerOf(call), { managerId, host: call.body.host });
    return present(managerId);
  }),
  route(makeHostMainOperation, async (call) => {
    const managerId = adminsManager(call);
    await makeHostMain(services, askerOf(call), { managerId, host: call.body.host });
    return present(managerId);
  }),
  route(nameIbanOperation, async (call) => {
    const managerId = adminsManager(call);
    const { iban, name } = call.body;
    await nameIban(services, askerOf(call), { managerId, iban: normalizeIban(iban) }, name);
    return present(managerId);
  }),
  route(removeIbanOperation, async (call) => {
    const managerId = adminsManager(call);
    await removeIban(services, askerOf(call), { managerId, iban: normalizeIban(call.body.iban) });
    return present(managerId);
  }),
];

const previewRoutes = ({ config, db }: Services): Route[] => [
  route(previewTemplates, async ({ query, body, actor }) =>
    previewOf(body, await exampleOf(db, staffManager(actor, query.managerId, 'clerk'))),
  ),
  route(previewMail, async ({ query, body, actor }) => {
    const managerId = staffManager(actor, query.managerId, 'clerk');
    const portal = await portalAddressOf(db, config.publicUrl, managerId);
    return mailPreviewOf(await findManager(db, managerId), portal, body);
  }),
];

export function managerSettingsRoutes(services: Services): Route[] {
  const { db } = services;
  const present = createPresent(services);
  return [
    route(getManagerSettings, ({ query, actor }) => present(staffManager(actor, query.managerId, 'clerk'))),
    route(updateManagerSettings, async (call) => {
      const managerId = adminsManager(call);
      await changeSettings(services, askerOf(call), managerId, call.body);
      return present(managerId);
    }),
    ...listRoutes(services, present),
    ...previewRoutes(services),
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
