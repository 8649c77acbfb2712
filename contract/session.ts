import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { humanCheckAnswerSchema } from './human-check.ts';
import { languageSchema } from './registrations.ts';
import { emailSchema, idSchema, line } from './schemas/text.ts';
import { instantSchema } from './schemas/time.ts';

export const staffRoleSchema = z.enum(['clerk', 'admin']);
export type StaffRole = z.infer<typeof staffRoleSchema>;

/** Who is signed in and what is theirs. */
export const sessionSchema = z.object({
  account: z.object({
    id: idSchema,
    email: z.string(),
    emailConfirmed: z.boolean(),
    newEmail: z.string().nullable().describe('Becomes the address once the code that was sent there is typed in.'),
    firstName: z.string(),
    lastName: z.string(),
    language: languageSchema,
  }),
  payers: z
    .array(
      z.object({
        id: idSchema,
        code: z.string(),
        name: z.string(),
        managerId: idSchema,
        managerName: z.string(),
      }),
    )
    .describe("The account's payers, over all managers."),
  roles: z.array(z.object({ managerId: idSchema, managerName: z.string(), role: staffRoleSchema })),
  secondFactor: z.object({
    isOn: z.boolean(),
    isNeeded: z.boolean().describe('The office stays closed until it is set up.'),
    isCompulsory: z.boolean().describe('Admins work with one: it cannot be turned off.'),
  }),
  device: z.string().nullable(),
  since: instantSchema,
});

export type Session = z.infer<typeof sessionSchema>;

/** What a sign-in, and whatever begins a session anew, answers. */
export const newSessionSchema = z.object({ token: z.string(), session: sessionSchema });

/** A password to be compared. The rule is not checked: who has an old one must get in, and a wrong one just is wrong. */
export const givenPasswordSchema = z.string().min(1, 'required').max(1000, 'too_long');

/** What the other device will be told: "Windows, PISARNA-3". */
export const deviceSchema = line(100);

/** A code of the authenticator app (six digits) or a recovery code. */
export const secondFactorAnswerSchema = z.string().min(6).max(30);

/**
 * A sign-in may take several requests, each with the credentials and with what the answer before asked for:
 * `humanCheck`, `secondFactor`, `takeOver`.
 */
export const credentialsSchema = z.object({
  email: emailSchema,
  password: givenPasswordSchema,
  device: deviceSchema.optional(),
  humanCheck: humanCheckAnswerSchema.optional(),
  secondFactor: secondFactorAnswerSchema.optional(),
  takeOver: z.boolean().default(false).describe("Ends the account's session elsewhere."),
});

export const createSession = endpoint({
  id: 'session.create',
  summary: 'Signs in. One account has one session: an earlier one ends when taking over is agreed to.',
  method: 'POST',
  path: '/session',
  caller: 'anyone',
  body: credentialsSchema,
  response: newSessionSchema,
  status: 201,
  errors: [
    'wrong_credentials',
    'human_check_required',
    'human_check_failed',
    'human_check_unavailable',
    'second_factor_required',
    'second_factor_rejected',
    'account_disabled',
    'session_active',
    'rate_limited',
  ],
  via: 'main',
});

export const getSession = endpoint({
  id: 'session.get',
  summary: 'Who is signed in.',
  method: 'GET',
  path: '/session',
  caller: 'account',
  response: sessionSchema,
  offline: true,
});

export const checkSession = endpoint({
  id: 'session.check',
  summary: 'Whether the session is still alive. Asked once a while by an open window; does not count as use.',
  method: 'GET',
  path: '/session/check',
  caller: 'account',
  status: 204,
  response: z.undefined(),
  errors: ['session_displaced'],
  via: 'main',
});

export const deleteSession = endpoint({
  id: 'session.delete',
  summary: 'Signs out.',
  method: 'DELETE',
  path: '/session',
  caller: 'account',
  status: 204,
  response: z.undefined(),
  via: 'main',
});
