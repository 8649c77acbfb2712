import { z } from 'zod';
import { isCommonPassword } from './common-password.ts';

/**
 * The rule for the password that a person chooses, piece by piece, so that a form can tick each piece off. `common` is
 * met by what is no common password; what others know of the person (name, e-mail address, payer code, the manager's
 * name) must not make up a password either.
 */
export const ownPasswordRules = {
  length: (password: string) => [...password].length >= 8,
  lower: (password: string) => /\p{Ll}/u.test(password),
  upper: (password: string) => /\p{Lu}/u.test(password),
  digit: (password: string) => /\p{Nd}/u.test(password),
  special: (password: string) => /[^\p{L}\p{Nd}]/u.test(password),
  common: (password: string, context: readonly string[]) => !isCommonPassword(password, context),
} as const satisfies Record<string, (password: string, context: readonly string[]) => boolean>;

export type OwnPasswordRule = keyof typeof ownPasswordRules;

export const ownPasswordRuleNames = Object.keys(ownPasswordRules) as OwnPasswordRule[];

const ownPasswordMaxLength = 200;

/** The pieces of the rule that this password breaks; none when it is good. */
export const brokenOwnPasswordRules = (password: string, context: readonly string[] = []): OwnPasswordRule[] =>
  ownPasswordRuleNames.filter((name) => !ownPasswordRules[name](password, context));

/** The field fault of a password that is too common, or made of what is known of the person. */
export const commonPasswordFault = 'common_password';

/** What others know of a person, as the context of the rule. Everybody's mail is at the same few hosts: they are none. */
export const ownPasswordContext = (email: string, ...others: string[]): string[] => [
  email.replace(/@[^@]*$/, ''),
  ...others,
];

/** The rule without a context, which a schema cannot know. */
export const ownPasswordSchema = z
  .string()
  .max(ownPasswordMaxLength, { error: 'too_long', abort: true })
  .superRefine((password, context) => {
    for (const rule of brokenOwnPasswordRules(password)) {
      context.addIssue({ code: 'custom', message: rule === 'common' ? commonPasswordFault : rule });
    }
  });
