import { z } from 'zod';

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
  'second-factor',
]);
export type MailKind = z.infer<typeof mailKindSchema>;

/** waiting: to be tried, for the first time or again; failed: given up. */
export const mailStateSchema = z.enum(['waiting', 'sent', 'failed']);
export type MailState = z.infer<typeof mailStateSchema>;
