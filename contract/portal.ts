import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { idSchema } from './schemas/text.ts';

/** What anybody may know of a manager: enough to recognise it and to reach its office. */
export const managerSchema = z.object({
  id: idSchema,
  name: z.string(),
  street: z.string(),
  town: z.string().describe('Post code and town: 1000 Ljubljana.'),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});

export type Manager = z.infer<typeof managerSchema>;

export const humanCheckKindSchema = z.enum(['off', 'altcha', 'turnstile']);

export const getPortal = endpoint({
  id: 'portal.get',
  summary: 'The manager whose address this is; where the address names none, the list to choose from.',
  method: 'GET',
  path: '/portal',
  caller: 'anyone',
  response: z.object({
    product: z.literal('iiPortal'),
    version: z.string(),
    manager: managerSchema.nullable(),
    managers: z.array(managerSchema),
    humanCheck: humanCheckKindSchema,
    turnstile: z
      .object({ origin: z.string() })
      .optional()
      .describe('Where Turnstile is in use: the origin whose frames its page shows.'),
  }),
  offline: true,
});
