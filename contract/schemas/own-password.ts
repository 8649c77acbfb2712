import { z } from 'zod';

/** The rule for the password that a person chooses, piece by piece, so that a form can tick each piece off. */
export const ownPasswordRules = {
  length: (password: string) => [...password].length >= 8,
  lower: (password: string) => /\p{Ll}/u.test(password),
  upper: (password: string) => /\p{Lu}/u.test(password),
  digit: (password: string) => /\p{Nd}/u.test(password),
  special: (password: string) => /[^\p{L}\p{Nd}]/u.test(password),
} as const satisfies Record<string, (password: string) => boolean>;

export type OwnPasswordRule = keyof typeof ownPasswordRules;

export const ownPasswordRuleNames = Object.keys(ownPasswordRules) as OwnPasswordRule[];

export const ownPasswordMaxLength = 200;

/** The pieces of the rule that this password breaks; none when it is good. */
export const brokenOwnPasswordRules = (password: string): OwnPasswordRule[] =>
  ownPasswordRuleNames.filter((name) => !ownPasswordRules[name](password));

export const ownPasswordSchema = z
  .string()
  .max(ownPasswordMaxLength, 'too_long')
  .superRefine((password, context) => {
    for (const rule of brokenOwnPasswordRules(password)) context.addIssue({ code: 'custom', message: rule });
  });
