import { z } from 'zod';

/** C0, C1, half characters, zero-width and bidirectional controls: unseen in a form, harmful in a list, a mail or a log. */
const invisible = /[\p{Cc}\p{Cs}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

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

/** An e-mail address, in lower case: an account is found by it. */
export const emailSchema = requiredLine(254)
  .transform((text) => text.toLowerCase())
  .pipe(z.email('email'));

/** 128 random bits, hexadecimal. Ids say nothing and cannot be guessed. */
export const idSchema = z.string().regex(/^[0-9a-f]{32}$/, 'id');
