import { createRegistration } from '../../../contract/registrations.ts';
import { addressPrefix } from '../../http/address.ts';
import { ApiError } from '../../http/api-error.ts';
import { route, type Route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { register } from './registrations.service.ts';

export function registrationRoutes(services: Services): Route[] {
  const { limits } = services;
  return [
    route(
      createRegistration,
      async ({ body, request }) => {
        if (!(await services.humanCheck.verify(body.humanCheck))) throw new ApiError('human_check_failed');
        await limits.registrationPayer.consume(body.managerId, body.payerCode, addressPrefix(request.address));
        await limits.registrationPayerAll.consume(body.managerId, body.payerCode);
        await register(services, body);
        return { email: body.email };
      },
      { limit: (address) => limits.registrationAddress.consume(addressPrefix(address)) },
    ),
  ];
}
