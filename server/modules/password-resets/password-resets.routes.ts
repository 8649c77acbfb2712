import { completePasswordReset, requestPasswordReset } from '../../../contract/password-resets.ts';
import { whoOf } from '../../audit/who.ts';
import { addressPrefix } from '../../http/address.ts';
import { counted } from '../../http/limit.ts';
import { route, type Route } from '../../http/route.ts';
import { requireHuman } from '../../human-check/require-human.ts';
import type { Services } from '../../services.ts';
import { completeReset, requestReset } from './password-resets.service.ts';

export function passwordResetRoutes(services: Services): Route[] {
  const { limits } = services;
  return [
    route(
      requestPasswordReset,
      async ({ body, ...call }) => {
        await requireHuman(services.humanCheck, body.humanCheck, 'password-reset');
        await limits.resetRequestEmail.consume(body.email);
        await requestReset(services, { email: body.email, address: whoOf(call).address ?? '' });
        return {};
      },
      {
        limit: async (address) => {
          await limits.resetRequestAddress.consume(addressPrefix(address));
          await limits.resetRequestAll.consume('');
        },
      },
    ),
    route(
      completePasswordReset,
      async ({ body, ...call }) => {
        const network = addressPrefix(call.request.address);
        await counted(limits.codeTries, [body.email, network], () => completeReset(services, whoOf(call), body));
        // Who has forgotten the password has tried some before.
        await limits.signIn.forget(body.email, network);
        return undefined;
      },
      { limit: (address) => limits.codeAddress.consume(addressPrefix(address)) },
    ),
  ];
}
