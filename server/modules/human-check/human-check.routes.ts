import { createHumanCheck } from '../../../contract/human-check.ts';
import { addressPrefix } from '../../http/address.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';

export const humanCheckRoutes = ({ humanCheck, limits }: Services): Route[] => [
  route(createHumanCheck, async () => ({ challenge: await humanCheck.challenge() }), {
    limit: (address) => limits.humanCheckAddress.consume(addressPrefix(address)),
  }),
];
