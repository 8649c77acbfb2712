import { createRegistration } from '../../../contract/registrations.ts';
import { addressPrefix } from '../../http/address.ts';
import { counted } from '../../http/limit.ts';
import { payerSubject } from '../../http/rate-limits.ts';
import { route, type Route } from '../../http/route.ts';
import { requireHuman } from '../../human-check/require-human.ts';
import type { Services } from '../../services.ts';
import { register } from './registrations.service.ts';

export function registrationRoutes(services: Services): Route[] {
  const { limits } = services;
  return [
    route(
      createRegistration,
      async ({ body, ...call }) => {
        await requireHuman(services.humanCheck, body.humanCheck, 'registration');
        const payer = [payerSubject(body.managerId, body.payerCode), addressPrefix(call.request.address)] as const;
        await counted(limits.registrationPayer, payer, () => register(services, call, body));
        return { email: body.email };
      },
      {
        limit: async (address) => {
          await limits.registrationAddress.consume(addressPrefix(address));
          await limits.registrationAll.consume('');
        },
      },
    ),
  ];
}
