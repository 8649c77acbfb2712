import { z } from 'zod';
import { binary, endpoint } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { managerSchema } from './portal.ts';
import { line, requiredLine } from './schemas/text.ts';

const templates = {
  referenceTemplate: requiredLine(60).describe(
    '`SI12 {payer}{period}`: model and parts over {payer}, {slip}, {period}.',
  ),
  purposeTemplate: requiredLine(100).describe('`Razdelilnik {period}`.'),
};

/** What the office may change of what stands on its slips. */
const changeable = z.object({
  iban: requiredLine(50).describe('Of payment orders for which the billing file names none.'),
  ...templates,
  purposeCode: z.string().regex(/^[A-Z]{4}$/, 'purpose_code'),
  slipNote: line(500).describe('Stands on every slip; may be empty.'),
});

export const managerSettingsSchema = managerSchema.extend(changeable.shape).extend({
  taxNumber: z.string().nullable(),
  slipNote: z.string(),
  hasLogo: z.boolean(),
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
  summary: 'Changes what the slips of later imports are made with. Slips that are there keep their references.',
  method: 'PATCH',
  path: '/office/settings',
  caller: 'admin',
  query: officeQuery,
  body: changeable.partial(),
  response: managerSettingsSchema,
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
