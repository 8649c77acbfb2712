import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { humanCheckAnswerSchema } from './human-check.ts';
import { ownPasswordSchema } from './schemas/own-password.ts';
import { slipPasswordSchema } from './schemas/slip-password.ts';
import { emailSchema } from './schemas/text.ts';

/**
 * A code from a mail: made like a slip password (60 random bits, a check character, printed 4-4-5), so that a typing
 * slip is caught before the server is asked.
 */
export const mailedCodeSchema = slipPasswordSchema;

export const requestPasswordReset = endpoint({
  id: 'passwordResets.request',
  summary: 'Asks for a code by mail. The answer is the same whether or not there is such an account.',
  method: 'POST',
  path: '/password-resets',
  caller: 'anyone',
  body: z.object({
    email: emailSchema,
    humanCheck: humanCheckAnswerSchema.optional(),
  }),
  status: 202,
  response: z.object({}),
  errors: ['human_check_failed', 'human_check_unavailable', 'rate_limited'],
});

export const completePasswordReset = endpoint({
  id: 'passwordResets.complete',
  summary: 'Sets a new password with the code from the mail. All sessions end; signing in comes next.',
  method: 'POST',
  path: '/password-resets/completion',
  caller: 'anyone',
  body: z.object({ email: emailSchema, code: mailedCodeSchema, password: ownPasswordSchema }),
  status: 204,
  response: z.undefined(),
  errors: ['code_rejected', 'rate_limited'],
});
