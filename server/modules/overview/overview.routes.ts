import {
  getBuildingShares,
  getChannelShares,
  getOpenings,
  getRegistrations,
  getTasks,
} from '../../../contract/overview.ts';
import { staffManager, type Actor } from '../../http/actor.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { newestOpenings } from './openings.queries.ts';
import { buildingsOf, channelsOf, registrationsOf } from './pictures.queries.ts';
import { tasksOf } from './tasks.queries.ts';

interface OfficeCall {
  readonly actor: Actor;
  readonly query: { readonly managerId?: string | undefined };
}

const managerOf = ({ actor, query }: OfficeCall): string => staffManager(actor, query.managerId, 'clerk');

export function overviewRoutes({ db, clock }: Services): Route[] {
  return [
    route(getTasks, async (call) => tasksOf(db, managerOf(call), clock())),
    route(getRegistrations, async (call) => registrationsOf(db, managerOf(call), clock())),
    route(getBuildingShares, async (call) => buildingsOf(db, managerOf(call))),
    route(getOpenings, async (call) => newestOpenings(db, managerOf(call), clock())),
    route(getChannelShares, async (call) => channelsOf(db, managerOf(call))),
  ];
}
