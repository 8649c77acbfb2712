import { setTimeout as pass } from 'node:timers/promises';
import Router from '@koa/router';
import type { Knex } from 'knex';
import { ApiError } from '../../http/api-error.ts';
import type { Services } from '../../services.ts';

const patience = 3_000;

/** @throws when the database does not answer, or not soon: whoever watches is not helped by waiting along. */
async function assertAnswers(db: Knex): Promise<void> {
  const late = pass(patience, undefined, { ref: false }).then(() => {
    throw new Error(`no answer within ${patience} ms`);
  });
  await Promise.race([db.raw('select 1'), late]);
}

/** For whoever watches over the server: /healthz says that the process lives, /readyz that it has its database. */
export function healthRouter({ db, logger }: Pick<Services, 'db' | 'logger'>): Router {
  const router = new Router();
  router.get('/healthz', (ctx) => {
    ctx.body = { status: 'ok' };
  });
  router.get('/readyz', async (ctx) => {
    try {
      await assertAnswers(db);
    } catch (error) {
      logger.error({ err: error }, 'the database cannot be reached');
      throw new ApiError('unavailable');
    }
    ctx.body = { status: 'ok' };
  });
  return router;
}
