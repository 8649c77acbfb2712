import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { languageSchema } from './registrations.ts';
import { emailSchema, idSchema } from './schemas/text.ts';
import { instantSchema } from './schemas/time.ts';

export const staffRoleSchema = z.enum(['clerk', 'admin']);
export type StaffRole = z.infer<typeof staffRoleSchema>;

/** Who is signed in and what is theirs. */
export const sessionSchema = z.object({
  account: z.object({
    id: idSchema,
    email: z.string(),
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
  since: instantSchema,
});

export type Session = z.infer<typeof sessionSchema>;

/** Passwords are not checked against the rule here: who has an old one must get in, and a wrong one just is wrong. */
export const credentialsSchema = z.object({
  email: emailSchema,
  password: z.string().min(1, 'required').max(1000, 'too_long'),
  device: z.string().max(100).optional().describe('What the other device will be told: "Windows, PISARNA-3".'),
});

export const createSession = endpoint({
  id: 'session.create',
  summary: 'Signs in. One account has one session: an earlier one ends.',
  method: 'POST',
  path: '/session',
  caller: 'anyone',
  body: credentialsSchema,
  response: z.object({ token: z.string(), session: sessionSchema }),
  status: 201,
  errors: ['wrong_credentials', 'rate_limited'],
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
