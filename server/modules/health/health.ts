import Router from '@koa/router';
import { ApiError } from '../../http/api-error.ts';
import type { Services } from '../../services.ts';

/** For whoever watches over the server: /healthz says that the process lives, /readyz that it has its database. */
export function healthRouter({ db, logger }: Pick<Services, 'db' | 'logger'>): Router {
  const router = new Router();
  router.get('/healthz', (ctx) => {
    ctx.body = { status: 'ok' };
  });
  router.get('/readyz', async (ctx) => {
    try {
      await db.raw('select 1');
    } catch (error) {
      logger.error({ err: error }, 'the database cannot be reached');
      throw new ApiError('unavailable');
    }
    ctx.body = { status: 'ok' };
  });
  return router;
}
