import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { centsSchema } from './schemas/money.ts';
import { page, pageQuery } from './schemas/page.ts';
import { idSchema, line } from './schemas/text.ts';
import { instantSchema, periodSchema } from './schemas/time.ts';
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

/** What the office sees of the person behind a payer, and what keeps that person out just now. */
export const payerDetailsSchema = payerSchema.extend({
  account: z
    .object({
      firstName: z.string(),
      lastName: z.string(),
      email: z.string(),
      emailConfirmed: z.boolean(),
      linkedAt: instantSchema,
      lastUsedAt: instantSchema.nullable().describe('Of the session; null when signed out.'),
      lostMail: z
        .object({ createdAt: instantSchema, error: z.string() })
        .nullable()
        .describe(
          "The newest mail to the person, whatever it was about, when it was given up; in the mail server's words.",
        ),
    })
    .nullable(),
  limits: z
    .array(z.object({ what: z.enum(['sign-in', 'registration']), until: instantSchema }))
    .describe('Tries that are refused at the moment, after too many wrong ones.'),
});
export type PayerDetails = z.infer<typeof payerDetailsSchema>;

const onePayer = { caller: 'clerk', params: z.object({ id: idSchema }), query: officeQuery } as const;

export const getPayer = endpoint({
  ...onePayer,
  id: 'payers.get',
  summary: 'One payer, with the account that holds it.',
  method: 'GET',
  path: '/office/payers/{id}',
  response: payerDetailsSchema,
  errors: ['manager_required'],
});

export const releasePayer = endpoint({
  ...onePayer,
  id: 'payers.release',
  summary: 'Takes the payer off its account, so that the right person can register with a new slip password.',
  method: 'POST',
  path: '/office/payers/{id}/release',
  status: 204,
  response: z.undefined(),
  errors: ['manager_required'],
});

export const endPayerSession = endpoint({
  ...onePayer,
  id: 'payers.endSession',
  summary: "Signs the payer's account out wherever it is signed in.",
  method: 'POST',
  path: '/office/payers/{id}/session-end',
  status: 204,
  response: z.undefined(),
  errors: ['manager_required'],
});

export const liftPayerLimits = endpoint({
  ...onePayer,
  id: 'payers.liftLimits',
  summary: 'Lets the person behind the payer try again at once.',
  method: 'POST',
  path: '/office/payers/{id}/limits-lift',
  status: 204,
  response: z.undefined(),
  errors: ['manager_required'],
});

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
