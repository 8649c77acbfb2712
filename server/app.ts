import Router from '@koa/router';
import Koa from 'koa';
import helmet from 'koa-helmet';
import { operations } from '../contract/api.ts';
import { apiPrefix } from '../contract/endpoint.ts';
import { addressFinder } from './http/address.ts';
import { authenticate } from './http/authenticate.ts';
import { brokenAnswers, errors } from './http/errors.ts';
import { guard } from './http/guard.ts';
import { authenticateProgram } from './http/programs.ts';
import { requests } from './http/requests.ts';
import type { Route } from './http/route.ts';
import { healthRouter } from './modules/health/health.ts';
import { humanCheckPageRouter } from './modules/human-check/page/page.router.ts';
import { createRoutes } from './modules/index.ts';
import { openApiRouter } from './modules/openapi/openapi.ts';
import type { Services } from './services.ts';

/** @throws when an operation of the contract has no route, or more than one */
export function assertComplete(routes: readonly Route[]): void {
  const wrong = operations.filter(({ id }) => routes.filter(({ operation }) => operation.id === id).length !== 1);
  if (wrong.length > 0) throw new Error(`not exactly one route: ${wrong.map(({ id }) => id).join(', ')}`);
}

function everyRoute(services: Services): Route[] {
  const routes = createRoutes(services);
  assertComplete(routes);
  return routes;
}

function apiRouter(services: Services, routes: readonly Route[]): Router {
  const { config, db, clock, limits } = services;
  const router = new Router({ prefix: apiPrefix });
  const options = {
    authenticate: (token: string | undefined, isUse: boolean) =>
      authenticate(token, isUse, { db, clock, idleDays: config.sessionIdleDays }),
    authenticateProgram: async (key: string) => {
      const actor = await authenticateProgram(key, { db, clock });
      await limits.program.consume(actor.program.id);
      return actor;
    },
    addressOf: addressFinder(config.trustedProxies),
    secondFactor: config.secondFactor,
  };
  for (const route of routes) {
    const path = route.operation.path.replace(/\{(\w+)\}/g, ':$1');
    router.register(path, [route.operation.method], guard(route, options));
  }
  return router;
}

/** Answers are no pages: nothing may be loaded by, embedded in or shared with one. The one page says otherwise itself. */
const headers = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  xFrameOptions: { action: 'deny' },
});

/** Builds the API from its services. Opens no port and starts no worker. */
export function buildApp(services: Services, routes = everyRoute(services)): Koa {
  const app = new Koa();
  app.on('error', brokenAnswers(services.logger));
  app.use(requests(services.logger));
  app.use(headers);
  app.use(errors(services.logger));
  // The API first, which nearly every request is for.
  for (const router of [
    apiRouter(services, routes),
    healthRouter(services),
    humanCheckPageRouter(services),
    openApiRouter(services),
  ]) {
    app.use(router.routes());
    app.use(router.allowedMethods());
  }
  return app;
}
