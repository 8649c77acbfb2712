import { z } from 'zod';
import { binary, endpoint } from './endpoint.ts';
import { languageSchema } from './registrations.ts';
import { ownPasswordSchema } from './schemas/own-password.ts';
import { emailSchema, idSchema, requiredLine } from './schemas/text.ts';
import { deviceSchema, givenPasswordSchema, newSessionSchema, sessionSchema } from './session.ts';

/** The six digits that prove that an e-mail address is the person's. Blanks do not count. */
export const emailCodeSchema = z
  .string()
  .max(20)
  .transform((typed) => typed.replace(/\s/gu, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'email_code'));

export const updateAccount = endpoint({
  id: 'account.update',
  summary: "Changes the person's name and language.",
  method: 'PATCH',
  path: '/account',
  caller: 'account',
  body: z.object({
    firstName: requiredLine(60).optional(),
    lastName: requiredLine(60).optional(),
    language: languageSchema.optional(),
  }),
  response: sessionSchema,
});

export const changePassword = endpoint({
  id: 'account.changePassword',
  summary: 'Changes the own password. The session ends; the answer brings a new one.',
  method: 'POST',
  path: '/account/password',
  caller: 'account',
  body: z.object({
    currentPassword: givenPasswordSchema,
    password: ownPasswordSchema,
    device: deviceSchema.optional(),
  }),
  response: newSessionSchema,
  errors: ['wrong_password', 'rate_limited'],
  via: 'main',
});

export const changeEmail = endpoint({
  id: 'account.changeEmail',
  summary: 'Sends a code to another address, which becomes the own when the code is typed in.',
  method: 'PUT',
  path: '/account/email',
  caller: 'account',
  body: z.object({ email: emailSchema, password: givenPasswordSchema }),
  response: sessionSchema,
  errors: ['wrong_password', 'rate_limited'],
});

export const cancelEmailChange = endpoint({
  id: 'account.cancelEmailChange',
  summary: 'Keeps the address as it is; the code that was sent to another one is void.',
  method: 'DELETE',
  path: '/account/email/change',
  caller: 'account',
  response: sessionSchema,
});

export const sendEmailCode = endpoint({
  id: 'account.sendEmailCode',
  summary: 'Sends a new code to the address that waits for confirmation; the one before is void.',
  method: 'POST',
  path: '/account/email/code',
  caller: 'account',
  status: 202,
  response: z.object({ email: z.string(), nextInSeconds: z.int().describe('Before that another one is refused.') }),
  errors: ['rate_limited'],
});

export const confirmEmail = endpoint({
  id: 'account.confirmEmail',
  summary: 'Confirms the address to which the code was sent.',
  method: 'POST',
  path: '/account/email/confirmation',
  caller: 'account',
  body: z.object({ code: emailCodeSchema }),
  response: sessionSchema,
  errors: ['code_rejected', 'email_taken', 'rate_limited'],
});

export const notificationChoiceSchema = z.object({
  managerId: idSchema,
  managerName: z.string(),
  newSlips: z.boolean().describe('A mail when new slips are there.'),
});

export const listNotificationChoices = endpoint({
  id: 'account.listNotificationChoices',
  summary: "Which mails the person wants, for each manager of the account's payers.",
  method: 'GET',
  path: '/account/notifications',
  caller: 'account',
  response: z.object({ items: z.array(notificationChoiceSchema) }),
});

export const setNotificationChoice = endpoint({
  id: 'account.setNotificationChoice',
  summary: 'Chooses which mails come from a manager.',
  method: 'PUT',
  path: '/account/notifications/{managerId}',
  caller: 'account',
  params: z.object({ managerId: idSchema }),
  body: notificationChoiceSchema.pick({ newSlips: true }),
  response: notificationChoiceSchema,
});

export const downloadAccountData = endpoint({
  id: 'account.downloadData',
  summary: "All that is kept of the person, as JSON, and the slips' PDFs, in one ZIP (GDPR, articles 15 and 20).",
  method: 'GET',
  path: '/account/data',
  caller: 'account',
  response: binary('application/zip'),
  errors: ['rate_limited'],
  via: 'main',
});

export const deleteAccount = endpoint({
  id: 'account.delete',
  summary: "Deletes the account, its links to payers and what is kept of the person. The manager's slips stay.",
  method: 'POST',
  path: '/account/deletion',
  caller: 'account',
  body: z.object({ password: givenPasswordSchema }),
  status: 204,
  response: z.undefined(),
  errors: ['wrong_password', 'last_admin', 'rate_limited'],
  via: 'main',
});
