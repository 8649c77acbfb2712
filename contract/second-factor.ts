import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { givenPasswordSchema, secondFactorAnswerSchema, sessionSchema } from './session.ts';

/** Six digits of the authenticator app (RFC 6238). */
export const totpCodeSchema = z
  .string()
  .max(20)
  .transform((typed) => typed.replace(/\s/gu, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'totp_code'));

const recoveryCodes = z.object({
  recoveryCodes: z.array(z.string()).describe('Each gets in once, instead of a code of the app. Shown only now.'),
});

export const startSecondFactor = endpoint({
  id: 'secondFactor.start',
  summary: 'A new secret for an authenticator app. Counts once a first code is confirmed.',
  method: 'POST',
  path: '/account/second-factor',
  caller: 'account',
  body: z.object({ password: givenPasswordSchema }),
  response: z.object({
    secret: z.string().describe('Base32, for typing in.'),
    uri: z.string().describe('otpauth://…, for the QR code.'),
  }),
  status: 201,
  errors: ['wrong_password', 'second_factor_state', 'rate_limited'],
});

export const confirmSecondFactor = endpoint({
  id: 'secondFactor.confirm',
  summary: 'Turns the second factor on with a first code of the app.',
  method: 'POST',
  path: '/account/second-factor/confirmation',
  caller: 'account',
  body: z.object({ code: totpCodeSchema }),
  response: recoveryCodes,
  errors: ['second_factor_rejected', 'second_factor_state', 'rate_limited'],
});

export const renewRecoveryCodes = endpoint({
  id: 'secondFactor.renewRecoveryCodes',
  summary: 'New recovery codes; the old ones are void.',
  method: 'POST',
  path: '/account/second-factor/recovery-codes',
  caller: 'account',
  body: z.object({ password: givenPasswordSchema }),
  response: recoveryCodes,
  errors: ['wrong_password', 'second_factor_state', 'rate_limited'],
});

export const removeSecondFactor = endpoint({
  id: 'secondFactor.remove',
  summary: 'Turns the second factor off; not for admins who must have one.',
  method: 'POST',
  path: '/account/second-factor/removal',
  caller: 'account',
  body: z.object({ password: givenPasswordSchema, code: secondFactorAnswerSchema }),
  response: sessionSchema,
  errors: ['wrong_password', 'second_factor_rejected', 'second_factor_state', 'second_factor_needed', 'rate_limited'],
});
