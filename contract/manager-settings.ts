import { z } from 'zod';
import { taxNumberSchema } from './e-invoices.ts';
import { binary, endpoint } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { managerSchema } from './portal.ts';
import { languageSchema } from './registrations.ts';
import { hostSchema } from './schemas/host.ts';
import { emailSchema, line, requiredLine } from './schemas/text.ts';
import { givenPasswordSchema } from './session.ts';

const templates = {
  referenceTemplate: requiredLine(60).describe(
    '`SI12 {payer}{period}`: model and parts over {payer}, {slip}, {period}.',
  ),
  purposeTemplate: requiredLine(100).describe('`Razdelilnik {period}`.'),
};

/** Who the manager is: in the head of every slip, in mails, and where residents choose their manager. */
const identity = {
  name: requiredLine(200),
  street: requiredLine(200),
  town: requiredLine(200)
    .pipe(z.string().regex(/^\d{4} \S/, 'town'))
    .describe('Post code and town: 1000 Ljubljana.'),
  email: emailSchema.nullable().describe('Where residents write to, and where mails for the office go.'),
  phone: line(50)
    .pipe(z.string().regex(/^\+?[\d ()/-]{6,}$/, 'phone'))
    .nullable(),
  taxNumber: taxNumberSchema.nullable(),
};

/** The manager's own words in mails, as they are written, whatever the language of the rest; empty: none. */
const mailTexts = {
  mailWelcomeText: line(500).describe('Heads the mail that greets who has registered.'),
  mailSlipText: line(500).describe('Heads mails about new slips, with the slip and without.'),
  mailSignature: line(200).describe("Stands under the office's name in every mail to residents."),
};

/** What the office may change of itself and of what stands on its slips. */
const changeable = z.strictObject({
  ...identity,
  iban: requiredLine(50).describe('Of payment orders for which the billing file names none.'),
  ...templates,
  purposeCode: z.string().regex(/^[A-Z]{4}$/, 'purpose_code'),
  slipNote: line(500).describe('Stands on every slip; may be empty.'),
  slipPasswordDays: z.int().min(1, 'days').max(730, 'days').describe('How long a slip password is good.'),
  ...mailTexts,
});

export const managerSettingsSchema = managerSchema.extend({
  taxNumber: z.string().nullable(),
  iban: z.string(),
  referenceTemplate: z.string(),
  purposeTemplate: z.string(),
  purposeCode: z.string(),
  slipNote: z.string(),
  slipPasswordDays: z.int(),
  mailWelcomeText: z.string(),
  mailSlipText: z.string(),
  mailSignature: z.string(),
  hasLogo: z.boolean(),
  hosts: z
    .array(z.object({ host: z.string(), isMain: z.boolean().describe('The one that mails and letters name.') }))
    .describe("The host names under which the portal is this manager's. None: it is reached by the common address."),
  ibans: z
    .array(z.object({ iban: z.string(), name: z.string(), isDefault: z.boolean() }))
    .describe('The accounts for payments, the one for orders that name none first.'),
});
export type ManagerSettings = z.infer<typeof managerSettingsSchema>;

export const getManagerSettings = endpoint({
  id: 'managerSettings.get',
  summary: "The manager's data and what its slips are made with.",
  method: 'GET',
  path: '/office/settings',
  caller: 'clerk',
  query: officeQuery,
  response: managerSettingsSchema,
  errors: ['manager_required'],
});

export const updateManagerSettings = endpoint({
  id: 'managerSettings.update',
  summary:
    'Changes the manager and what the slips of later imports are made with. Another account for payments asks for the own password, and all admins get a mail.',
  method: 'PATCH',
  path: '/office/settings',
  caller: 'admin',
  query: officeQuery,
  body: changeable
    .partial()
    .extend({ password: givenPasswordSchema.optional().describe("The admin's own, with iban.") }),
  response: managerSettingsSchema,
  errors: ['manager_required', 'wrong_password', 'rate_limited'],
});

const ofSettings = {
  caller: 'admin',
  query: officeQuery,
  response: managerSettingsSchema,
} as const;

const oneHost = z.strictObject({ host: hostSchema });

export const addHost = endpoint({
  ...ofSettings,
  id: 'managerSettings.addHost',
  summary: 'Takes a host name for the manager. That it leads to the portal is up to who runs the server.',
  method: 'POST',
  path: '/office/settings/hosts',
  body: oneHost,
  status: 201,
  errors: ['manager_required', 'host_taken'],
});

export const removeHost = endpoint({
  ...ofSettings,
  id: 'managerSettings.removeHost',
  summary: "At this address the portal is no longer the manager's. The main one is not removed.",
  method: 'POST',
  path: '/office/settings/hosts/removal',
  body: oneHost,
  errors: ['manager_required', 'not_found', 'main_host'],
});

export const makeHostMain = endpoint({
  ...ofSettings,
  id: 'managerSettings.makeHostMain',
  summary: 'Mails and letters name this address from now on.',
  method: 'POST',
  path: '/office/settings/hosts/main',
  body: oneHost,
  errors: ['manager_required', 'not_found'],
});

export const nameIban = endpoint({
  ...ofSettings,
  id: 'managerSettings.nameIban',
  summary: 'Adds an account for payments, or gives one another name. Where money goes does not change by it.',
  method: 'POST',
  path: '/office/settings/ibans',
  body: z.strictObject({ iban: requiredLine(50), name: requiredLine(60) }),
  errors: ['manager_required'],
});

export const removeIban = endpoint({
  ...ofSettings,
  id: 'managerSettings.removeIban',
  summary: 'Takes an account off the list. The one for orders that name none is not removed.',
  method: 'POST',
  path: '/office/settings/ibans/removal',
  body: z.strictObject({ iban: requiredLine(50) }),
  errors: ['manager_required', 'not_found', 'default_iban'],
});

export const previewMail = endpoint({
  id: 'managerSettings.previewMail',
  summary:
    'A mail with the given words of the manager, as its recipient would read it; what else is in it is invented.',
  method: 'POST',
  path: '/office/settings/mail-preview',
  caller: 'clerk',
  query: officeQuery,
  body: z.strictObject({ kind: z.enum(['welcome', 'new-slip', 'slip-pdf']), language: languageSchema, ...mailTexts }),
  response: z.object({ subject: z.string(), text: z.string().describe('Paragraphs with an empty line between them.') }),
  errors: ['manager_required'],
});

export const previewTemplates = endpoint({
  id: 'managerSettings.preview',
  summary: "What the templates make of one of the manager's newest slips, or of invented values where there is none.",
  method: 'POST',
  path: '/office/settings/preview',
  caller: 'clerk',
  query: officeQuery,
  body: z.object(templates),
  response: z.object({
    example: z.object({ payerCode: z.string(), slipNumber: z.string(), period: z.string(), isInvented: z.boolean() }),
    reference: z.object({
      text: z.string().nullable().describe('As it is printed: `SI12 1042172026105`.'),
      fault: z.string().nullable().describe('The rule that the template or its outcome breaks.'),
    }),
    purpose: z.object({ text: z.string().nullable(), fault: z.string().nullable() }),
  }),
  errors: ['manager_required'],
});

export const getLogo = endpoint({
  id: 'managerSettings.logo',
  summary: "The manager's logo as it was uploaded.",
  method: 'GET',
  path: '/office/settings/logo',
  caller: 'clerk',
  query: officeQuery,
  response: binary('image/png', 'image/jpeg'),
  errors: ['manager_required', 'not_found'],
});

/** Bytes of an uploaded logo. */
export const maxLogoBytes = 500_000;

export const setLogo = endpoint({
  id: 'managerSettings.setLogo',
  summary: 'Takes a PNG or JPEG of up to 500 kB and 4 million pixels, which then stands on every slip.',
  method: 'PUT',
  path: '/office/settings/logo',
  caller: 'admin',
  query: officeQuery,
  body: binary('image/png', 'image/jpeg'),
  response: managerSettingsSchema,
  errors: ['manager_required', 'body_too_large', 'unsupported_media_type', 'picture_rejected'],
});

export const deleteLogo = endpoint({
  id: 'managerSettings.deleteLogo',
  summary: 'Slips carry no logo from now on.',
  method: 'DELETE',
  path: '/office/settings/logo',
  caller: 'admin',
  query: officeQuery,
  response: managerSettingsSchema,
  errors: ['manager_required'],
});
