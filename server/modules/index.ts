import type { Route } from '../http/route.ts';
import type { Services } from '../services.ts';
import { humanCheckRoutes } from './human-check/human-check.routes.ts';
import { portalRoutes } from './portal/portal.routes.ts';
import { registrationRoutes } from './registrations/registrations.routes.ts';
import { sessionRoutes } from './session/session.routes.ts';

/** Every route of the API: a module adds a line here. */
export const createRoutes = (services: Services): Route[] => [
  ...portalRoutes(services),
  ...humanCheckRoutes(services),
  ...registrationRoutes(services),
  ...sessionRoutes(services),
];
