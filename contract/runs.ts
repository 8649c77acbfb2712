import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { centsSchema } from './schemas/money.ts';
import { page, pageQuery } from './schemas/page.ts';
import { idSchema, line } from './schemas/text.ts';
import { daySchema, instantSchema, periodSchema } from './schemas/time.ts';
import { channelSchema } from './slips.ts';

export const runSchema = z.object({
  id: idSchema,
  importId: idSchema,
  period: periodSchema,
  state: z.enum(['draft', 'published']),
  publishedAt: instantSchema.nullable(),
  publishedBy: z.string().nullable().describe('Null for a draft, and when that account is gone.'),
  slips: z.int(),
  totalCents: centsSchema,
  openedSlips: z.int().describe('That a resident has opened; those the office looked at do not count.'),
  ofPeriod: z
    .object({ slips: z.int(), publishedSlips: z.int() })
    .describe("All of the manager's runs of this period: one month may come in several."),
});
export type Run = z.infer<typeof runSchema>;

export const listRuns = endpoint({
  id: 'runs.list',
  summary: "The manager's billing runs, newest period first.",
  method: 'GET',
  path: '/office/runs',
  caller: 'clerk',
  program: 'runs:read',
  query: officeQuery.extend(pageQuery.shape),
  response: page(runSchema),
  errors: ['manager_required'],
});

const oneRun = { caller: 'clerk', params: z.object({ id: idSchema }), query: officeQuery } as const;

export const getRun = endpoint({
  ...oneRun,
  id: 'runs.get',
  summary: 'A run with what its slips can be chosen by.',
  method: 'GET',
  path: '/office/runs/{id}',
  program: 'runs:read',
  response: runSchema.extend({
    buildings: z.array(z.object({ id: idSchema, name: z.string(), slips: z.int() })).describe('By name.'),
  }),
  errors: ['manager_required', 'not_found'],
});

export const getRunRecipients = endpoint({
  ...oneRun,
  id: 'runs.recipients',
  summary:
    "How a run's slips get to their payers, as these stand now. Counted each time: with many slips it takes a moment.",
  method: 'GET',
  path: '/office/runs/{id}/recipients',
  program: 'runs:read',
  response: z.object({
    channels: z.array(z.object({ channel: channelSchema, slips: z.int() })),
    withoutAccount: z.int().describe('Slips of payers who have no account.'),
  }),
  errors: ['manager_required', 'not_found'],
});

export const runSlipSchema = z.object({
  id: idSchema,
  number: z.string(),
  payerId: idSchema,
  payerCode: z.string(),
  payerName: z.string(),
  channel: channelSchema,
  dueDate: daySchema,
  totalCents: centsSchema,
  firstOpenedAt: instantSchema.nullable().describe('When a resident first opened it.'),
});
export type RunSlip = z.infer<typeof runSlipSchema>;

/** Which slips of a run; every condition that is given must hold. */
export const runSlipFilterSchema = z.object({
  search: line(100).optional().describe("In the number and in the payer's code, name and address; č is found by c."),
  buildingId: idSchema.optional().describe('With an item there.'),
  opened: z.enum(['true', 'false']).optional(),
  channel: channelSchema.optional(),
});
export type RunSlipFilter = z.infer<typeof runSlipFilterSchema>;

export const listRunSlips = endpoint({
  ...oneRun,
  id: 'runs.slips',
  summary: 'The slips of a run by number, page by page.',
  method: 'GET',
  path: '/office/runs/{id}/slips',
  query: officeQuery.extend(pageQuery.shape).extend(runSlipFilterSchema.shape),
  response: page(runSlipSchema).extend({ total: z.int().describe('Of all pages.') }),
  errors: ['manager_required', 'not_found'],
});
