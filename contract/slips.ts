import { z } from 'zod';
import { binary, endpoint } from './endpoint.ts';
import { managerSchema } from './portal.ts';
import { centsSchema, decimalSchema } from './schemas/money.ts';
import { page, pageQuery } from './schemas/page.ts';
import { idSchema } from './schemas/text.ts';
import { daySchema, periodSchema, yearSchema } from './schemas/time.ts';

export const channelSchema = z.enum(['none', 'email', 'bank', 'bizbox', 'imdocs']);
export type Channel = z.infer<typeof channelSchema>;

export const unitKindSchema = z.enum(['apartment', 'business', 'garage', 'other']);
export type UnitKind = z.infer<typeof unitKindSchema>;

export const slipSummarySchema = z.object({
  id: idSchema,
  number: z.string(),
  period: periodSchema,
  issueDate: daySchema,
  dueDate: daySchema,
  totalCents: centsSchema,
  managerId: idSchema,
  managerName: z.string(),
  payerId: idSchema,
  payerCode: z.string(),
  channel: channelSchema.default('none').describe("The payer's: without one there is no PDF."),
});

export type SlipSummary = z.infer<typeof slipSummarySchema>;

export const slipItemSchema = z.object({
  description: z.string(),
  supplier: z.string().nullable(),
  buildingTotalCents: centsSchema.nullable(),
  allocationKey: z.string().nullable(),
  quantity: decimalSchema.nullable(),
  measure: z.string().nullable().describe('Of the quantity: m2, oseba, kWh.'),
  price: decimalSchema.nullable().describe('Euros for one of the measure.'),
  baseCents: centsSchema.nullable(),
  vatRate: decimalSchema.nullable().describe('Percent.'),
  vatCents: centsSchema.nullable(),
  amountCents: centsSchema,
});

export type SlipItem = z.infer<typeof slipItemSchema>;

/** The items of one unit; a slip has a block for each unit of the payer. */
export const slipUnitSchema = z.object({
  building: z.string(),
  unit: z.string(),
  kind: unitKindSchema,
  areaM2: decimalSchema.nullable(),
  persons: decimalSchema.nullable(),
  items: z.array(slipItemSchema),
  subtotalCents: centsSchema,
});

export type SlipUnit = z.infer<typeof slipUnitSchema>;

export const paymentOrderSchema = z.object({
  recipientName: z.string(),
  recipientStreet: z.string(),
  recipientTown: z.string(),
  iban: z.string().describe('Without spaces.'),
  reference: z.string().describe('Model and content, without spaces: SI121042172026105.'),
  purposeCode: z.string(),
  purpose: z.string(),
  amountCents: centsSchema,
  dueDate: daySchema,
  qrPath: z
    .string()
    .nullable()
    .describe('The UPN QR symbol as an SVG path in a field of 77 x 77; null without an e-invoice channel or amount.'),
});

export type PaymentOrder = z.infer<typeof paymentOrderSchema>;

/** The reserve fund (rezervni sklad) of a building, as the run that the slip belongs to brought it. */
export const fundSchema = z.object({
  building: z.string(),
  openingCents: centsSchema.nullable(),
  paidInCents: centsSchema.nullable(),
  spentCents: centsSchema.nullable(),
  balanceCents: centsSchema,
});

export type Fund = z.infer<typeof fundSchema>;

/** What the payer still owes from before; for information, no part of the total. */
export const openItemSchema = z.object({
  description: z.string(),
  dueDate: daySchema.nullable(),
  amountCents: centsSchema,
});

export type OpenItem = z.infer<typeof openItemSchema>;

/**
 * What has a default here is younger than the slips that some computers keep for reading without a connection: those
 * are read as if they said nothing of it. A server says it always.
 */
export const slipSchema = slipSummarySchema.extend({
  manager: managerSchema.extend({ taxNumber: z.string().nullable().default(null) }),
  payer: z.object({ code: z.string(), name: z.string(), street: z.string(), town: z.string() }),
  units: z.array(slipUnitSchema),
  vat: z.array(z.object({ rate: decimalSchema, baseCents: centsSchema, vatCents: centsSchema })),
  paymentOrders: z.array(paymentOrderSchema),
  funds: z.array(fundSchema).default([]),
  openItems: z.array(openItemSchema).default([]),
  notes: z.array(z.string()).default([]).describe("The manager's standing note, then the slip's own."),
});

export type Slip = z.infer<typeof slipSchema>;

/** How many slips the window asks for at a time, and the shell ahead of it: the same question is the same kept answer. */
export const slipsAtOnce = 24;

/** The name of the parameter that says: nobody looks at it yet. */
export const fetchedAhead = 'ahead';

const aheadQuery = z.object({
  [fetchedAhead]: z
    .literal('1')
    .optional()
    .describe('Fetched by the program to be there without a connection: the slip does not count as opened.'),
});

export const listSlips = endpoint({
  id: 'slips.list',
  summary: "The published slips of the account's payers, newest first.",
  method: 'GET',
  path: '/slips',
  caller: 'resident',
  query: pageQuery.extend({ payerId: idSchema.optional() }),
  response: page(slipSummarySchema),
  offline: true,
});

export const getSlip = endpoint({
  id: 'slips.get',
  summary: 'A slip with its items and payment orders.',
  method: 'GET',
  path: '/slips/{id}',
  caller: 'resident',
  params: z.object({ id: idSchema }),
  query: aheadQuery,
  response: slipSchema,
  errors: ['not_found'],
  offline: true,
});

export const getSlipPdf = endpoint({
  id: 'slips.pdf',
  summary: 'A slip as a PDF with the UPN QR of each payment order, for payers with an e-invoice channel.',
  method: 'GET',
  path: '/slips/{id}/pdf',
  caller: 'resident',
  params: z.object({ id: idSchema }),
  query: aheadQuery,
  response: binary('application/pdf'),
  errors: ['not_found', 'e_invoice_required'],
  offline: true,
});

const slipOfPayer = z.object({ payerId: idSchema.optional() });

export const listSlipYears = endpoint({
  id: 'slipYears.list',
  summary: "The years of which the account's payers with an e-invoice channel have slips, newest first.",
  method: 'GET',
  path: '/slip-years',
  caller: 'resident',
  query: slipOfPayer,
  response: z.object({ items: z.array(z.object({ year: yearSchema, slips: z.int() })) }),
});

export const downloadSlips = endpoint({
  id: 'slipYears.zip',
  summary: "The PDFs of a year in one ZIP, of the account's payers with an e-invoice channel.",
  method: 'GET',
  path: '/slip-years/{year}/zip',
  caller: 'resident',
  params: z.object({ year: z.coerce.number().pipe(yearSchema) }),
  query: slipOfPayer,
  response: binary('application/zip'),
  errors: ['not_found', 'rate_limited'],
  via: 'main',
});

/** `razdelilnik-2026-10-R-17.pdf`: letters, digits and hyphens, whatever the number has, for every kind of disk. */
export function slipFileName({ period, number }: Pick<SlipSummary, 'period' | 'number'>): string {
  const plain = number
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-');
  return `razdelilnik-${period}-${plain.replace(/^-|-$/g, '')}.pdf`;
}
