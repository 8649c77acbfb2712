import { randomUUID } from 'node:crypto';
import type { Middleware } from 'koa';
import type { Logger } from '../logger.ts';

/**
 * Gives each request an id, which the answer carries, and writes one line for each to the log: the path without the
 * query, for what people search for is nobody's business.
 */
export function requests(logger: Logger): Middleware {
  // Nothing in these lines can be secret; to look for it in each takes longer than to write it.
  const lines = logger.child({}, { redact: [] });
  return async (ctx, next) => {
    const requestId = randomUUID();
    (ctx.state as { requestId: string }).requestId = requestId;
    ctx.set('X-Request-Id', requestId);
    // Answers belong to whoever asked: no cache between us and the client keeps them.
    ctx.set('Cache-Control', 'no-store');
    const start = performance.now();
    await next();
    const ms = Math.round(performance.now() - start);
    lines.info({ requestId, method: ctx.method, path: ctx.path, status: ctx.status, ms }, 'request');
  };
}
