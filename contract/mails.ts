import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { page, pageQuery } from './schemas/page.ts';
import { idSchema, line } from './schemas/text.ts';
import { instantSchema } from './schemas/time.ts';

/** What a mail is about. */
export const mailKindSchema = z.enum([
  'welcome',
  'email-code',
  'email-changed',
  'password-reset',
  'password-changed',
  'payer-added',
  'payer-removed',
  'payer-released',
  'payer-left',
  'account-deleted',
  'invitation',
  'new-slip',
  'slip-pdf',
  'e-invoice-requested',
  'e-invoice-confirmed',
  'e-invoice-refused',
  'e-invoice-changed',
  'second-factor',
  'api-key-created',
  'iban-changed',
]);
export type MailKind = z.infer<typeof mailKindSchema>;

/** waiting: to be tried, for the first time or again; failed: given up. */
export const mailStateSchema = z.enum(['waiting', 'sent', 'failed']);
export type MailState = z.infer<typeof mailStateSchema>;

/** A mail as the office sees it: never its text, which may hold a code. */
export const mailSchema = z.object({
  id: idSchema,
  kind: mailKindSchema,
  state: mailStateSchema,
  to: z.string(),
  subject: z.string(),
  createdAt: instantSchema,
  sentAt: instantSchema.nullable(),
  failedAt: instantSchema.nullable(),
  tries: z.int().describe('Since it was written, or since the office last asked for another try.'),
  lastError: z.string().nullable().describe("The mail server's words; null once the mail was sent."),
  payerId: idSchema.nullable().describe('Whose slip goes along, or whose account it is to; null where none is known.'),
});
export type Mail = z.infer<typeof mailSchema>;

/** Which mails; every condition that is given must hold. */
export const mailFilterSchema = z.object({
  kind: mailKindSchema.optional(),
  search: line(100).optional().describe('In the address or the subject; each word must be found.'),
  from: instantSchema.optional().describe('Written at this moment or later.'),
  until: instantSchema.optional().describe('Written before this moment.'),
});
export type MailFilter = z.infer<typeof mailFilterSchema>;

export const listMails = endpoint({
  id: 'mails.list',
  summary:
    "The manager's mails of the last three months, newest first. Mails about accounts alone belong to no manager.",
  method: 'GET',
  path: '/office/mails',
  caller: 'clerk',
  query: officeQuery
    .extend(pageQuery.shape)
    .extend({ state: mailStateSchema.optional() })
    .extend(mailFilterSchema.shape),
  response: page(mailSchema),
  errors: ['manager_required'],
});

export const retryMail = endpoint({
  id: 'mails.retry',
  summary: 'Has a mail that was given up sent again. After 30 days its text is erased, and it cannot be.',
  method: 'POST',
  path: '/office/mails/{id}/retry',
  caller: 'clerk',
  params: z.object({ id: idSchema }),
  response: mailSchema,
  errors: ['not_found', 'mail_state'],
});

export const countFailedMails = endpoint({
  id: 'mails.countFailed',
  summary: 'How many mails that fit were given up: those that can be sent again, and those that are too old for it.',
  method: 'GET',
  path: '/office/mails/failed-count',
  caller: 'clerk',
  query: officeQuery.extend(mailFilterSchema.shape),
  response: z.object({ retryable: z.int(), tooOld: z.int() }),
  errors: ['manager_required'],
});

export const retryMails = endpoint({
  id: 'mails.retryAll',
  summary: 'Has all mails that fit and were given up sent again, but for those that are too old.',
  method: 'POST',
  path: '/office/mails/retry',
  caller: 'clerk',
  query: officeQuery,
  body: z.strictObject(mailFilterSchema.shape),
  response: z.object({ retried: z.int() }),
  errors: ['manager_required'],
});
