import { z } from 'zod';
import { payerCodeSchema } from './schemas/payer-code.ts';
import { idSchema } from './schemas/text.ts';

/** The scheme that the desktop app answers to. */
export const deepLinkScheme = 'iiportal';

/**
 * An origin that the app may be told of: https, or http on this computer alone. It is shown to the person, who decides.
 */
const originSchema = z
  .url()
  .max(200)
  .refine((text) => new URL(text).origin === text, 'origin')
  .refine((text) => /^https:|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(text), 'origin');

/** Opens the registration with manager and payer code filled in. The slip password is never in a link. */
export const registrationLinkSchema = z.strictObject({
  portal: originSchema,
  manager: idSchema,
  code: payerCodeSchema,
});
export type RegistrationLink = z.infer<typeof registrationLinkSchema>;

/** `iiportal://register?portal=https%3A%2F%2Fportal.upravnik.si&manager=...&code=104217`. */
export const registrationLink = ({ portal, manager, code }: RegistrationLink): string =>
  `${deepLinkScheme}://register?${new URLSearchParams({ portal, manager, code }).toString()}`;

/** What a link asks for; undefined for anything that is not exactly a link of ours. */
export function parseDeepLink(text: string): RegistrationLink | undefined {
  if (text.length > 1000 || !URL.canParse(text)) return undefined;
  const { protocol, host, pathname, searchParams } = new URL(text);
  if (protocol !== `${deepLinkScheme}:` || host !== 'register' || !['', '/'].includes(pathname)) return undefined;
  const parts = [...searchParams];
  if (new Set(parts.map(([name]) => name)).size !== parts.length) return undefined;
  const parsed = registrationLinkSchema.safeParse(Object.fromEntries(parts));
  return parsed.success ? parsed.data : undefined;
}
