import { z } from 'zod';
import { payerCodeSchema } from './schemas/payer-code.ts';
import { idSchema } from './schemas/text.ts';

/** The scheme that the desktop app answers to. */
export const deepLinkScheme = 'iiportal';

/**
 * An origin that the app may be told of: https, or http on this computer alone. It is shown to the person, who decides.
 */
const isOrigin = (text: string): boolean =>
  URL.canParse(text) &&
  new URL(text).origin === text &&
  /^https:|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(text);
const originSchema = z.string().max(200).refine(isOrigin, 'origin');

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

/** What a URL may be written with. Parsers drop or rewrite the rest, and what was dropped is nothing that we made. */
const printable = /^[\x21-\x7e]{1,1000}$/;

/** What a link asks for; undefined for anything that is not exactly a link of ours. */
export function parseDeepLink(text: string): RegistrationLink | undefined {
  if (!printable.test(text) || !URL.canParse(text)) return undefined;
  const { href, search, searchParams } = new URL(text);
  // Nothing but the query may come along; some systems put a slash before it.
  if (href.replace(search, '').replace(/\/$/, '') !== `${deepLinkScheme}://register`) return undefined;
  const parts = [...searchParams];
  if (new Set(parts.map(([name]) => name)).size !== parts.length) return undefined;
  const parsed = registrationLinkSchema.safeParse(Object.fromEntries(parts));
  return parsed.success ? parsed.data : undefined;
}
