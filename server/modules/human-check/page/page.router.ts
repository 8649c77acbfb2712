import { randomBytes } from 'node:crypto';
import Router from '@koa/router';
import { humanCheckPagePath, humanCheckPageQuerySchema } from '../../../../contract/human-check-page.ts';
import { parse } from '../../../http/parse.ts';
import type { Services } from '../../../services.ts';
import { pageOf, pagePolicy } from './page.ts';

/** The one page that the server has, where Turnstile is in use; elsewhere it has none. */
export function humanCheckPageRouter({ config }: Pick<Services, 'config'>): Router {
  const router = new Router();
  const { turnstile } = config;
  if (!turnstile) return router;
  router.get(humanCheckPagePath, (ctx) => {
    const query = parse(humanCheckPageQuerySchema, { ...ctx.query });
    const nonce = randomBytes(16).toString('base64url');
    ctx.set('Content-Security-Policy', pagePolicy(turnstile.origin, nonce));
    // Turnstile is told on whose page it stands, and no more: by that it knows the site.
    ctx.set('Referrer-Policy', 'strict-origin');
    ctx.type = 'text/html';
    ctx.body = pageOf(turnstile, query, nonce);
  });
  return router;
}
