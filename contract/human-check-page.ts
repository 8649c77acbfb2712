import { z } from 'zod';
import { humanCheckActionSchema } from './human-check.ts';
import { languageSchema } from './registrations.ts';

/**
 * The page of the portal that shows Turnstile, for Turnstile runs on web addresses alone and not on app://. The only
 * HTML that the server has. The desktop shell shows it in a view of its own, and gives it a nonce behind the `#`.
 */
export const humanCheckPagePath = '/human-check/turnstile';

export const humanCheckPageQuerySchema = z.strictObject({
  action: humanCheckActionSchema,
  language: languageSchema,
  theme: z.enum(['light', 'dark']),
});
export type HumanCheckPageQuery = z.infer<typeof humanCheckPageQuerySchema>;

const nonceSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** What the page reports to the shell, once: Turnstile's token, or why there is none. */
export const humanCheckReportSchema = z.discriminatedUnion('state', [
  z.strictObject({ nonce: nonceSchema, state: z.literal('answered'), token: z.string().min(1).max(2048) }),
  z.strictObject({ nonce: nonceSchema, state: z.literal('failed'), reason: z.string().max(100) }),
]);
