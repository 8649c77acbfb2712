import { endPayerSession, getPayer, liftPayerLimits, listPayers, releasePayer } from '../../../contract/payers.ts';
import { toInstant } from '../../db/time.ts';
import { staffManager, type Actor } from '../../http/actor.ts';
import { ApiError } from '../../http/api-error.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { findHolder, type PayerKey } from './payer-account.queries.ts';
import { endPayerSession as endSession, releasePayer as release } from './payer-account.service.ts';
import { liftLimits, standingLimits } from './payer-limits.ts';
import { presentDetails, presentPayer } from './payers.presenter.ts';
import { findPayer, pageOfPayers, slipsOf } from './payers.queries.ts';

interface OfficeCall {
  readonly params: { readonly id: string };
  readonly query: { readonly managerId?: string | undefined };
  readonly actor: Actor;
}

/** The payer that a clerk names, among those of the clerk's own manager. */
const keyOf = ({ params, query, actor }: OfficeCall): PayerKey => ({
  managerId: staffManager(actor, query.managerId, 'clerk'),
  payerId: params.id,
});

export function payerRoutes(services: Services): Route[] {
  const { db, clock } = services;
  return [
    route(listPayers, async ({ query, actor }) => {
      const managerId = staffManager(actor, query.managerId, 'clerk');
      const { items, ...page } = await pageOfPayers(db, { ...query, managerId }, toInstant(clock()));
      const slips = await slipsOf(db, managerId, items.map(({ id }) => id)); // prettier-ignore
      return { ...page, items: items.map((row) => presentPayer(row, slips)) };
    }),
    route(getPayer, async (call) => {
      const key = keyOf(call);
      const row = await findPayer(db, key, toInstant(clock()));
      if (!row) throw new ApiError('not_found');
      const holder = await findHolder(services, key);
      const limits = await standingLimits(services, { ...key, code: row.code }, holder?.account);
      const slips = await slipsOf(db, key.managerId, [key.payerId]);
      return presentDetails(presentPayer(row, slips), holder, limits);
    }),
    route(releasePayer, async (call) => {
      await release(services, keyOf(call), call);
      return undefined;
    }),
    route(endPayerSession, async (call) => {
      await endSession(services, keyOf(call), call);
      return undefined;
    }),
    route(liftPayerLimits, async (call) => {
      await liftLimits(services, keyOf(call), call);
      return undefined;
    }),
  ];
}
