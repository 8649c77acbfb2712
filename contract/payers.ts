import { z } from 'zod';
import { auditActions } from './audit-actions.ts';
import { taxNumberSchema } from './e-invoices.ts';
import { binary, endpoint } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { mailSchema } from './mails.ts';
import { centsSchema } from './schemas/money.ts';
import { page, pageQuery } from './schemas/page.ts';
import { emailSchema, idSchema, line, requiredLine } from './schemas/text.ts';
import { daySchema, instantSchema, periodSchema } from './schemas/time.ts';
import { channelSchema, unitKindSchema } from './slips.ts';

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
  taxNumber: z.string().nullable(),
  premises: z
    .array(z.object({ building: z.string(), unit: z.string(), kind: unitKindSchema }))
    .describe('The units one by one.'),
  slipPassword: z
    .object({
      issuedAt: instantSchema,
      expiresAt: instantSchema,
      usedAt: instantSchema.nullable(),
      revokedAt: instantSchema.nullable(),
    })
    .nullable()
    .describe('The newest one, whatever has become of it; null when none was ever issued.'),
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
  program: 'payers:read',
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

/** Whom a list of payers is about; every condition that is given must hold. */
export const payerFilterSchema = z.object({
  search: line(100).optional().describe('In code, name, street, e-mail or units; č is found by c.'),
  access: payerAccessSchema.optional(),
  channel: channelSchema.optional(),
  buildingId: idSchema.optional().describe('Payers with a unit there on their newest slip.'),
  hasAccount: z.enum(['true', 'false']).optional(),
  emailUnconfirmed: z.literal('true').optional().describe('Whose account has not confirmed its e-mail address.'),
});
export type PayerFilter = z.infer<typeof payerFilterSchema>;

export const listPayers = endpoint({
  id: 'payers.list',
  summary: "The manager's payers by code, page by page.",
  program: 'payers:read',
  method: 'GET',
  path: '/office/payers',
  caller: 'clerk',
  query: officeQuery.extend(pageQuery.shape).extend(payerFilterSchema.shape),
  response: page(payerSchema).extend({ total: z.int().describe('Of all pages.') }),
  errors: ['manager_required'],
});

export const exportPayers = endpoint({
  id: 'payers.export',
  summary: 'The payers that fit as CSV: code, name, address, e-mail, tax number, channel, units, how they stand.',
  method: 'GET',
  path: '/office/payers/export',
  caller: 'clerk',
  query: officeQuery.extend(payerFilterSchema.shape),
  response: binary('text/csv'),
  errors: ['manager_required', 'not_found'],
  via: 'main',
});

export const buildingSchema = z.object({ id: idSchema, name: z.string(), payers: z.int() });

export const listBuildings = endpoint({
  id: 'buildings.list',
  summary: "The manager's buildings by name, with how many payers have a unit there.",
  method: 'GET',
  path: '/office/buildings',
  caller: 'clerk',
  query: officeQuery
    .extend(pageQuery.shape)
    .extend({ search: line(100).optional(), id: idSchema.optional().describe('Of this one alone.') }),
  response: page(buildingSchema),
  errors: ['manager_required'],
});

export const listPayerSlips = endpoint({
  ...onePayer,
  id: 'payers.slips',
  summary: "A payer's slips, drafts too, newest first.",
  method: 'GET',
  path: '/office/payers/{id}/slips',
  query: officeQuery.extend(pageQuery.shape),
  response: page(
    z.object({
      id: idSchema,
      runId: idSchema,
      number: z.string(),
      period: periodSchema,
      state: z.enum(['draft', 'published']),
      dueDate: daySchema,
      totalCents: centsSchema,
      firstOpenedAt: instantSchema.nullable(),
    }),
  ),
  errors: ['manager_required', 'not_found'],
});

export const listPayerMails = endpoint({
  ...onePayer,
  id: 'payers.mails',
  summary: 'Mails that this manager sent to the person behind a payer or to the address for its bills, newest first.',
  method: 'GET',
  path: '/office/payers/{id}/mails',
  query: officeQuery.extend(pageQuery.shape),
  response: page(mailSchema),
  errors: ['manager_required', 'not_found'],
});

export const payerEventSchema = z.object({
  at: instantSchema,
  action: z.enum(auditActions),
  by: z.string().nullable().describe('Who did it; null when it was the person behind the payer, or the program.'),
});

export const listPayerEvents = endpoint({
  ...onePayer,
  id: 'payers.events',
  summary: 'What happened to a payer, from the audit log, newest first.',
  method: 'GET',
  path: '/office/payers/{id}/events',
  query: officeQuery.extend(pageQuery.shape),
  response: page(payerEventSchema),
  errors: ['manager_required', 'not_found'],
});

export const updatePayer = endpoint({
  ...onePayer,
  id: 'payers.update',
  summary: 'Corrects what we know of a payer. The next billing file says it anew where it has the column.',
  method: 'PATCH',
  path: '/office/payers/{id}',
  body: z
    .strictObject({
      name: requiredLine(200),
      street: line(200),
      town: line(200),
      email: emailSchema.nullable().describe("For its bills; the address of the account is the person's own."),
      taxNumber: taxNumberSchema.nullable(),
    })
    .partial(),
  response: payerDetailsSchema,
  errors: ['manager_required', 'not_found'],
});

const mergeBody = z.strictObject({ intoId: idSchema.describe('The payer that stays.') });

export const previewMerge = endpoint({
  ...onePayer,
  id: 'payers.previewMerge',
  summary: 'What a merge would move to the other payer.',
  method: 'POST',
  path: '/office/payers/{id}/merge-preview',
  body: mergeBody,
  response: z.object({ slips: z.int(), movesAccount: z.boolean(), slipPasswords: z.int(), requests: z.int() }),
  errors: ['manager_required', 'not_found', 'merge_refused'],
});

export const mergePayers = endpoint({
  ...onePayer,
  id: 'payers.merge',
  summary:
    'Moves slips, account and history of a payer to another one and removes it; a file that names its code again makes it anew. Cannot be undone.',
  method: 'POST',
  path: '/office/payers/{id}/merge',
  body: mergeBody,
  response: payerDetailsSchema,
  errors: ['manager_required', 'not_found', 'merge_refused', 'import_running'],
});

export const revokeSlipPassword = endpoint({
  ...onePayer,
  caller: 'admin',
  id: 'payers.revokeSlipPassword',
  summary: 'Voids the slip password that the payer has.',
  method: 'POST',
  path: '/office/payers/{id}/slip-password-revocation',
  status: 204,
  response: z.undefined(),
  errors: ['manager_required', 'not_found'],
});
