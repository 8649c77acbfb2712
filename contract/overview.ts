import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { idSchema } from './schemas/text.ts';
import { daySchema, periodSchema } from './schemas/time.ts';
import { channelSchema } from './slips.ts';

/** One operation a picture: the first is on the screen while the others are still counted. */
const picture = { method: 'GET', caller: 'clerk', query: officeQuery, errors: ['manager_required'] } as const;

export const getTasks = endpoint({
  ...picture,
  id: 'overview.tasks',
  summary: 'What waits for the office, and what a new manager has done of the first steps.',
  path: '/office/overview/tasks',
  response: z.object({
    eInvoiceRequests: z.int().describe('Not decided yet.'),
    failedMails: z.int().describe('Written in the last 30 days and given up.'),
    checkedImports: z.int().describe('Wait to be confirmed.'),
    drafts: z.int().describe('Imports whose runs wait to be published.'),
    waitingImport: idSchema.nullable().describe('The only one that waits; null when there are several or none.'),
    expiringSlipPasswords: z.int().describe('Good ones that expire within 14 days.'),
    failedImport: z
      .object({ id: idSchema, fileName: z.string(), state: z.enum(['refused', 'failed']) })
      .nullable()
      .describe('The newest import, when nothing came of it.'),
    start: z.object({
      hasSlips: z.boolean().describe('A run was imported.'),
      hasPublished: z.boolean(),
      hasSlipPasswords: z.boolean(),
      hasColleagues: z.boolean().describe('Somebody else is on the staff or invited.'),
    }),
  }),
});

export const getRegistrations = endpoint({
  ...picture,
  id: 'overview.registrations',
  summary:
    'Payers and those with an account, at the end of each of the last 12 months. Who lost the account since then does not count for earlier months either.',
  path: '/office/overview/registrations',
  response: z.object({
    payers: z.int(),
    registered: z.int(),
    months: z
      .array(z.object({ month: periodSchema, payers: z.int(), registered: z.int() }))
      .describe('Twelve, oldest first; the last one is the running month, until now. Months are those of UTC.'),
  }),
});

export const getBuildingShares = endpoint({
  ...picture,
  id: 'overview.buildings',
  summary: 'The buildings in which most payers have no account yet, at most 8.',
  path: '/office/overview/buildings',
  response: z.object({
    items: z.array(z.object({ id: idSchema, name: z.string(), payers: z.int(), registered: z.int() })),
    others: z.int().describe('How many more buildings there are.'),
  }),
});

const openingsSchema = z.object({
  run: z.object({ id: idSchema, period: periodSchema, publishedOn: daySchema, slips: z.int(), openedSlips: z.int() }),
  days: z
    .array(z.int())
    .describe(
      'Slips opened by the end of the day of publication, of the next one, and so on: until today, 31 at most.',
    ),
});

export const getOpenings = endpoint({
  ...picture,
  id: 'overview.openings',
  summary: 'How many slips of the newest published run were opened, day by day, beside those of the one before.',
  path: '/office/overview/openings',
  response: z.object({ newest: openingsSchema.nullable(), before: openingsSchema.nullable() }),
});
export type Openings = z.infer<typeof openingsSchema>;

export const getChannelShares = endpoint({
  ...picture,
  id: 'overview.channels',
  summary: 'How many payers get their slips by which channel.',
  path: '/office/overview/channels',
  response: z.object({ channels: z.array(z.object({ channel: channelSchema, payers: z.int() })) }),
});
