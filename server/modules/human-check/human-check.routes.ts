import { createHumanCheck } from '../../../contract/human-check.ts';
import { addressPrefix } from '../../http/address.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';

export const humanCheckRoutes = ({ humanCheck, limits }: Services): Route[] => [
  route(createHumanCheck, async ({ query }) => ({ challenge: await humanCheck.challenge(query.action) }), {
    limit: (address) => limits.humanCheckAddress.consume(addressPrefix(address)),
  }),
];
