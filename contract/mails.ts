import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { page, pageQuery } from './schemas/page.ts';
import { idSchema } from './schemas/text.ts';
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
});
export type Mail = z.infer<typeof mailSchema>;

export const listMails = endpoint({
  id: 'mails.list',
  summary:
    "The manager's mails of the last three months, newest first. Mails about accounts alone belong to no manager.",
  method: 'GET',
  path: '/office/mails',
  caller: 'clerk',
  query: officeQuery.extend(pageQuery.shape).extend({ state: mailStateSchema.optional() }),
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
