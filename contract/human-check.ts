import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** The answer to a challenge, as the altcha library encodes it. Single use, five minutes. */
export const humanCheckAnswerSchema = z.string().max(4000);

export const createHumanCheck = endpoint({
  id: 'humanCheck.create',
  summary: 'A challenge to be solved before registration. The solution goes along with the request that it guards.',
  method: 'GET',
  path: '/human-check',
  caller: 'anyone',
  errors: ['rate_limited'],
  response: z.object({ challenge: z.looseObject({}).describe("altcha's challenge, for its solver") }),
});
