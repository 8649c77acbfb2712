import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { centsSchema } from './schemas/money.ts';
import { page, pageQuery } from './schemas/page.ts';
import { idSchema, line } from './schemas/text.ts';
import { periodSchema } from './schemas/time.ts';
import { channelSchema } from './slips.ts';

/** registered: has an account; issued, expired: how the newest slip password stands; none: never had one or it was revoked. */
export const payerAccessSchema = z.enum(['registered', 'issued', 'expired', 'none']);
export type PayerAccess = z.infer<typeof payerAccessSchema>;

export const payerSchema = z.object({
  id: idSchema,
  code: z.string(),
  name: z.string(),
  street: z.string(),
  town: z.string(),
  email: z.string().nullable(),
  channel: channelSchema,
  access: payerAccessSchema,
  units: z.array(z.string()).describe('Building, unit: "Šmartinska cesta 152, 14".'),
  lastSlip: z.object({ period: periodSchema, totalCents: centsSchema }).nullable(),
});
export type Payer = z.infer<typeof payerSchema>;

export const listPayers = endpoint({
  id: 'payers.list',
  summary: "The manager's payers by code, page by page.",
  method: 'GET',
  path: '/office/payers',
  caller: 'clerk',
  query: officeQuery.extend(pageQuery.shape).extend({
    search: line(100).optional().describe('In code, name, street or e-mail.'),
    access: payerAccessSchema.optional(),
    channel: channelSchema.optional(),
  }),
  response: page(payerSchema).extend({ total: z.int().describe('Of all pages.') }),
  errors: ['manager_required'],
});
