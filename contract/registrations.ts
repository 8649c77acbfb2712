import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { humanCheckAnswerSchema } from './human-check.ts';
import { ownPasswordSchema } from './schemas/own-password.ts';
import { payerCodeSchema } from './schemas/payer-code.ts';
import { slipPasswordSchema } from './schemas/slip-password.ts';
import { emailSchema, idSchema, requiredLine } from './schemas/text.ts';

export const languageSchema = z.enum(['sl', 'en']);
export type Language = z.infer<typeof languageSchema>;

export const registrationSchema = z.object({
  managerId: idSchema,
  payerCode: payerCodeSchema,
  slipPassword: slipPasswordSchema,
  firstName: requiredLine(60),
  lastName: requiredLine(60),
  email: emailSchema,
  password: ownPasswordSchema,
  language: languageSchema.default('sl'),
  humanCheck: humanCheckAnswerSchema.optional(),
});

export const createRegistration = endpoint({
  id: 'registrations.create',
  summary: 'Makes an account of a payer who holds the slip password. The only thing a slip password opens.',
  method: 'POST',
  path: '/registrations',
  caller: 'anyone',
  body: registrationSchema,
  response: z.object({ email: z.string() }),
  status: 201,
  errors: [
    'slip_password_rejected',
    'email_taken',
    'payer_taken',
    'human_check_failed',
    'human_check_unavailable',
    'rate_limited',
  ],
});
