import { z } from 'zod';
import { binary, endpoint } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { page, pageQuery } from './schemas/page.ts';
import { emailSchema, idSchema, requiredLine } from './schemas/text.ts';
import { instantSchema } from './schemas/time.ts';
import { channelSchema } from './slips.ts';

const ibanSchema = z
  .string()
  .max(50)
  .transform((typed) => typed.replace(/\s/gu, '').toUpperCase())
  .pipe(z.string().regex(/^SI56\d{15}$/, 'iban'));

export const taxNumberSchema = z
  .string()
  .max(20)
  .transform((typed) => typed.replace(/\s/gu, '').toUpperCase())
  .pipe(z.string().regex(/^(SI)?\d{8}$/, 'tax_number'));

/**
 * How the payer wants e-invoices, with what the channel needs: the address for e-mail; account and tax number for the
 * bank; the tax number for Bizbox and imDocs, by which they know the payer. `none` is leaving.
 */
export const channelChoiceSchema = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('none') }),
  z.strictObject({ channel: z.literal('email'), email: emailSchema }),
  z.strictObject({ channel: z.literal('bank'), iban: ibanSchema, taxNumber: taxNumberSchema }),
  z.strictObject({ channel: z.literal('bizbox'), taxNumber: taxNumberSchema }),
  z.strictObject({ channel: z.literal('imdocs'), taxNumber: taxNumberSchema }),
]);
export type ChannelChoice = z.output<typeof channelChoiceSchema>;

/** open: waits for the office; withdrawn: the resident took it back, or asked for something else instead. */
export const requestStateSchema = z.enum(['open', 'confirmed', 'refused', 'withdrawn']);
export type RequestState = z.infer<typeof requestStateSchema>;

export const eInvoiceRequestSchema = z.object({
  id: idSchema,
  channel: channelSchema.describe('What is asked for; none is leaving.'),
  email: z.string().nullable(),
  iban: z.string().nullable(),
  taxNumber: z.string().nullable(),
  state: requestStateSchema,
  createdAt: instantSchema,
  decidedAt: instantSchema.nullable(),
  reason: z.string().nullable().describe('Why the office refused, in its words.'),
});
export type EInvoiceRequest = z.infer<typeof eInvoiceRequestSchema>;

/** A step of the history: from when on the payer had which channel, and by whose doing. */
export const channelChangeSchema = z.object({
  channel: channelSchema,
  changedAt: instantSchema,
  origin: z.enum(['request', 'office', 'import']),
});
export type ChannelChange = z.infer<typeof channelChangeSchema>;

export const eInvoiceSchema = z.object({
  payerId: idSchema,
  payerCode: z.string(),
  payerName: z.string(),
  managerId: idSchema,
  managerName: z.string(),
  channel: channelSchema,
  email: z.string().nullable().describe('Where bills go by e-mail.'),
  request: eInvoiceRequestSchema.nullable().describe('The newest one, whatever has become of it.'),
  history: z.array(channelChangeSchema).describe('Newest first, at most 20.'),
});
export type EInvoice = z.infer<typeof eInvoiceSchema>;

export const listEInvoices = endpoint({
  id: 'eInvoices.list',
  summary: "How each of the account's payers gets e-invoices, and what was asked for.",
  method: 'GET',
  path: '/account/e-invoices',
  caller: 'resident',
  response: z.object({ items: z.array(eInvoiceSchema) }),
});

const ownPayer = { caller: 'resident', params: z.object({ id: idSchema.describe("The payer's.") }) } as const;

export const requestEInvoice = endpoint({
  ...ownPayer,
  id: 'eInvoices.request',
  summary: 'Asks the office for e-invoices by a channel, or for none. An earlier open request is withdrawn by it.',
  method: 'POST',
  path: '/account/e-invoices/{id}/requests',
  body: channelChoiceSchema,
  response: eInvoiceSchema,
  status: 201,
  errors: ['not_found', 'e_invoice_request_state', 'rate_limited'],
});

export const withdrawEInvoiceRequest = endpoint({
  ...ownPayer,
  id: 'eInvoices.withdraw',
  summary: 'Takes the open request back.',
  method: 'DELETE',
  path: '/account/e-invoices/{id}/requests',
  response: eInvoiceSchema,
  errors: ['not_found', 'e_invoice_request_state'],
});

/** A request as the office sees it, with whose it is. */
export const officeRequestSchema = eInvoiceRequestSchema.extend({
  payerId: idSchema,
  payerCode: z.string(),
  payerName: z.string(),
  currentChannel: channelSchema,
  emailProved: z
    .boolean()
    .nullable()
    .describe('Whether the address is one that the person has proved to be their own; null where none was given.'),
  requestedBy: z.string().nullable().describe('The person; null when the account is gone.'),
  decidedBy: z.string().nullable(),
});
export type OfficeRequest = z.infer<typeof officeRequestSchema>;

export const listEInvoiceRequests = endpoint({
  id: 'eInvoiceRequests.list',
  summary: "Residents' requests: the open ones with the longest waiting first, the decided ones newest first.",
  method: 'GET',
  path: '/office/e-invoice-requests',
  caller: 'clerk',
  query: officeQuery.extend(pageQuery.shape).extend({ state: z.enum(['open', 'decided']).default('open') }),
  response: page(officeRequestSchema).extend({ open: z.int().describe('How many wait.') }),
  errors: ['manager_required'],
});

const oneRequest = { caller: 'clerk', params: z.object({ id: idSchema }), query: officeQuery } as const;

export const confirmEInvoiceRequest = endpoint({
  ...oneRequest,
  id: 'eInvoiceRequests.confirm',
  summary: 'Gives the payer the channel that was asked for, and tells the resident.',
  method: 'POST',
  path: '/office/e-invoice-requests/{id}/confirmation',
  response: officeRequestSchema,
  errors: ['manager_required', 'not_found', 'e_invoice_request_state'],
});

export const refuseEInvoiceRequest = endpoint({
  ...oneRequest,
  id: 'eInvoiceRequests.refuse',
  summary: 'Leaves the channel as it is, and tells the resident why.',
  method: 'POST',
  path: '/office/e-invoice-requests/{id}/refusal',
  body: z.object({ reason: requiredLine(300) }),
  response: officeRequestSchema,
  errors: ['manager_required', 'not_found', 'e_invoice_request_state'],
});

const officePayer = { caller: 'clerk', params: z.object({ id: idSchema.describe("The payer's.") }) } as const;

export const getPayerEInvoice = endpoint({
  ...officePayer,
  id: 'payers.eInvoice',
  summary: "A payer's channel, its history and the newest request.",
  method: 'GET',
  path: '/office/payers/{id}/e-invoice',
  query: officeQuery,
  response: eInvoiceSchema,
  errors: ['manager_required', 'not_found'],
});

export const setPayerChannel = endpoint({
  ...officePayer,
  id: 'payers.setChannel',
  summary:
    'Sets the channel by what came on paper or by telephone. An open request that asks for the same is confirmed.',
  method: 'PUT',
  path: '/office/payers/{id}/e-invoice',
  query: officeQuery,
  body: channelChoiceSchema,
  response: eInvoiceSchema,
  errors: ['manager_required', 'not_found'],
});

export const exportEInvoices = endpoint({
  id: 'runs.eInvoices',
  summary:
    'The slips of a run that go out by bank, Bizbox or imDocs, as CSV for the program that sends e-invoices: payer, address, tax number, account, amounts, references, and the name of the PDF as a ZIP print run names it.',
  method: 'GET',
  path: '/office/runs/{id}/e-invoices',
  caller: 'clerk',
  params: z.object({ id: idSchema }),
  query: officeQuery.extend({ channel: z.enum(['bank', 'bizbox', 'imdocs']) }),
  response: binary('text/csv'),
  errors: ['manager_required', 'not_found', 'run_draft'],
  via: 'main',
});
