import Router from '@koa/router';
import { operations } from '../../../contract/api.ts';
import { apiPrefix } from '../../../contract/endpoint.ts';
import type { Services } from '../../services.ts';
import { openApiDocument } from './document.ts';

/** The description of the API for programs: OpenAPI 3.1, made from the contract. */
export function openApiRouter({ config, version }: Pick<Services, 'config' | 'version'>): Router {
  const document = openApiDocument(operations, { version, server: config.publicUrl });
  const router = new Router();
  router.get(`${apiPrefix}/openapi.json`, (ctx) => {
    ctx.body = document;
  });
  return router;
}
