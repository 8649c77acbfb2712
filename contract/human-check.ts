import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** What a human check guards. An answer that was given for one of them is no good for another. */
export const humanCheckActionSchema = z.enum(['registration', 'password-reset', 'sign-in']);
export type HumanCheckAction = z.infer<typeof humanCheckActionSchema>;

/**
 * The answer to a human check, single use, five minutes: altcha's solution as its library encodes it (base64), or
 * Turnstile's token behind `turnstile:`, which no base64 begins with.
 */
export const humanCheckAnswerSchema = z.string().max(4000);

const turnstileMark = 'turnstile:';

/** A token of Turnstile as an answer. */
export const turnstileAnswer = (token: string): string => turnstileMark + token;

/** The token of Turnstile in an answer; undefined when the answer is none of Turnstile's. */
export const turnstileTokenIn = (answer: string): string | undefined =>
  answer.startsWith(turnstileMark) ? answer.slice(turnstileMark.length) : undefined;

export const createHumanCheck = endpoint({
  id: 'humanCheck.create',
  summary:
    'A challenge to be solved before what it guards; the solution goes along with that request. Where Turnstile is in use it is the way around, at more work, for who cannot reach Turnstile.',
  method: 'GET',
  path: '/human-check',
  caller: 'anyone',
  query: z.object({ action: humanCheckActionSchema }),
  errors: ['rate_limited'],
  response: z.object({ challenge: z.looseObject({}).describe("altcha's challenge, for its solver") }),
});
