import { createRegistration } from '../../../contract/registrations.ts';
import { addressPrefix } from '../../http/address.ts';
import { route, type Route } from '../../http/route.ts';
import { requireHuman } from '../../human-check/require-human.ts';
import type { Services } from '../../services.ts';
import { register } from './registrations.service.ts';

export function registrationRoutes(services: Services): Route[] {
  const { limits } = services;
  return [
    route(
      createRegistration,
      async ({ body, request }) => {
        await requireHuman(services.humanCheck, body.humanCheck, 'registration');
        await limits.registrationPayer.consume(body.managerId, body.payerCode, addressPrefix(request.address));
        await limits.registrationPayerAll.consume(body.managerId, body.payerCode);
        await register(services, body);
        return { email: body.email };
      },
      { limit: (address) => limits.registrationAddress.consume(addressPrefix(address)) },
    ),
  ];
}
