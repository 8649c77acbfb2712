import { z } from 'zod';

/**
 * C0, C1, half characters, format characters (zero-width, bidirectional, tags), line separators, and letters that show
 * nothing (Hangul fillers, the empty Braille cell): unseen in a form, harmful in a list, a mail or a log.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** One line of text as a person writes it: NFC, trimmed, single spaces, nothing invisible. */
export const line = (max: number) =>
  z
    .string()
    .normalize('NFC')
    .refine((text) => !invisible.test(text), 'invisible_characters')
    .transform((text) => text.replace(/\s+/gu, ' ').trim())
    .pipe(z.string().max(max, 'too_long'));

/** The same, but not empty. */
export const requiredLine = (max: number) => line(max).pipe(z.string().min(1, 'required'));

/**
 * The domain as mail servers know it: `čebela.si` is `xn--ebela-gya.si` (IDNA, RFC 5890). Both ways of writing it are
 * the same address. What is no domain stays as it is, for the check that follows.
 */
function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = `http://${address.slice(at + 1)}/`;
  if (at < 0 || !/\P{ASCII}/u.test(address.slice(at)) || !URL.canParse(domain)) return address;
  const { hostname, href } = new URL(domain);
  return href === `http://${hostname}/` ? `${address.slice(0, at)}@${hostname}` : address;
}

/** An e-mail address, in lower case: an account is found by it. */
export const emailSchema = requiredLine(254)
  .transform((text) => withAsciiDomain(text.toLowerCase()))
  .pipe(z.email('email').max(254, 'too_long'));

/** 128 random bits, hexadecimal. Ids say nothing and cannot be guessed. */
export const idSchema = z.string().regex(/^[0-9a-f]{32}$/, 'id');
