import { z } from 'zod';
import { endpoint, programScopes } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { idSchema, requiredLine } from './schemas/text.ts';
import { instantSchema } from './schemas/time.ts';
import { givenPasswordSchema } from './session.ts';

export const programScopeSchema = z.enum(programScopes);

/** A key that another program calls the API with, at one manager. What is shown of it opens nothing. */
export const apiKeySchema = z.object({
  id: idSchema,
  name: z.string().describe('What the office calls it: the other program, or the computer that it runs on.'),
  beginning: z.string().describe('The first characters of the key, to tell it from others.'),
  scopes: z.array(programScopeSchema),
  createdAt: instantSchema,
  createdBy: z.string().nullable().describe('The person; null when the account is gone.'),
  isOrphaned: z.boolean().describe('Who made it is not in the office any more: the key goes on being good.'),
  expiresAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
  revokedAt: instantSchema.nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

export const listApiKeys = endpoint({
  id: 'apiKeys.list',
  summary: "The manager's keys for other programs, newest first; those that ended stay for a year.",
  method: 'GET',
  path: '/office/api-keys',
  caller: 'admin',
  query: officeQuery,
  response: z.object({ items: z.array(apiKeySchema) }),
  errors: ['manager_required'],
});

/** For how many days a key is good. */
export const apiKeyDays = { least: 1, most: 730, usual: 365 } as const;

/** Live keys that a manager can have. */
export const maxApiKeys = 20;

export const createApiKey = endpoint({
  id: 'apiKeys.create',
  summary: 'Makes a key and shows it, this once. All admins get a mail about it.',
  method: 'POST',
  path: '/office/api-keys',
  caller: 'admin',
  query: officeQuery,
  body: z.strictObject({
    name: requiredLine(60),
    scopes: z
      .array(programScopeSchema)
      .min(1, 'required')
      .max(programScopes.length)
      .transform((scopes) => [...new Set(scopes)]),
    days: z.int().min(apiKeyDays.least, 'api_key_days').max(apiKeyDays.most, 'api_key_days'),
    password: givenPasswordSchema.describe("The admin's own."),
  }),
  response: z.object({ key: z.string().describe('`iip_` and 43 characters.'), apiKey: apiKeySchema }),
  status: 201,
  errors: ['manager_required', 'wrong_password', 'api_keys_full', 'rate_limited'],
});

export const revokeApiKey = endpoint({
  id: 'apiKeys.revoke',
  summary: 'The key opens nothing from now on. Cannot be undone.',
  method: 'POST',
  path: '/office/api-keys/{id}/revocation',
  caller: 'admin',
  params: z.object({ id: idSchema }),
  query: officeQuery,
  response: apiKeySchema,
  errors: ['manager_required', 'not_found'],
});
