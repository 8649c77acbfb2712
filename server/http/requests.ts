import { randomBytes } from 'node:crypto';
import type { Middleware } from 'koa';
import type { Logger } from '../logger.ts';

/**
 * Gives each request an id, which the answer carries, and writes one line for each to the log: the path without the
 * query, for what people search for is nobody's business.
 */
export const requests =
  (logger: Logger): Middleware =>
  async (ctx, next) => {
    const requestId = randomBytes(8).toString('hex');
    (ctx.state as { requestId: string }).requestId = requestId;
    ctx.set('X-Request-Id', requestId);
    // Answers belong to whoever asked: no cache between us and the client keeps them.
    ctx.set('Cache-Control', 'no-store');
    const start = performance.now();
    await next();
    const ms = Math.round(performance.now() - start);
    logger.info({ requestId, method: ctx.method, path: ctx.path, status: ctx.status, ms }, 'request');
  };
