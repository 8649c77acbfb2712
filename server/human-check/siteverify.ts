import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Logger } from '../logger.ts';

/** The part of `fetch` that is used; tests and the composition root pass it in. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const patienceMs = 5_000;
const tries = 2;

/** https://developers.cloudflare.com/turnstile/get-started/server-side-validation/ */
const resultSchema = z.object({
  success: z.boolean(),
  'error-codes': z.array(z.string()).default([]),
  challenge_ts: z.string().optional(),
  hostname: z.string().optional(),
  action: z.string().optional(),
});

export type SiteverifyResult = z.infer<typeof resultSchema>;

/** What is said of us or of Cloudflare, not of the token. */
const notTheTokens = new Set(['missing-input-secret', 'invalid-input-secret', 'bad-request', 'internal-error']);

export interface SiteverifyOptions {
  readonly fetch: Fetch;
  readonly logger: Logger;
  /** Of Turnstile, without a path. */
  readonly origin: string;
  readonly secretKey: string;
}

/**
 * Asks Cloudflare what a token is worth, within five seconds. Answers undefined when that cannot be learnt: nobody
 * there, a 5xx, no JSON, a key of ours that is refused. Asks twice at most, with one idempotency key: a token whose
 * first answer was lost on the way is not taken for a used one.
 */
export function createSiteverify({ fetch, logger, origin, secretKey }: SiteverifyOptions) {
  async function ask(body: string, signal: AbortSignal): Promise<SiteverifyResult> {
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
    const url = `${origin}/turnstile/v0/siteverify`;
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' });
    if (response.status >= 500) throw new Error(`status ${response.status}`);
    const result = resultSchema.parse(await response.json());
    const fault = result['error-codes'].find((code) => notTheTokens.has(code));
    if (!result.success && fault !== undefined) throw new Error(fault);
    return result;
  }

  return async function siteverify(token: string): Promise<SiteverifyResult | undefined> {
    const body = JSON.stringify({ secret: secretKey, response: token, idempotency_key: randomUUID() });
    const signal = AbortSignal.timeout(patienceMs);
    for (let left = tries; left > 0 && !signal.aborted; left -= 1) {
      try {
        return await ask(body, signal);
      } catch (error) {
        logger.warn({ err: error }, 'Turnstile could not be asked');
      }
    }
    return undefined;
  };
}
