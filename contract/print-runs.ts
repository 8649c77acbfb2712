import { z } from 'zod';
import { binary, endpoint } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { page, pageQuery } from './schemas/page.ts';
import { idSchema } from './schemas/text.ts';
import { instantSchema, periodSchema } from './schemas/time.ts';
import { channelSchema } from './slips.ts';

/** The slips of one run: all, or those that fulfil every condition that is given. */
export const printSelectionSchema = z.strictObject({
  runId: idSchema,
  buildingIds: z.array(idSchema).min(1).max(500).optional(),
  payerIds: z.array(idSchema).min(1).max(1000).optional(),
  channels: z.array(channelSchema).min(1).max(5).optional(),
  withoutAccount: z.literal(true).optional().describe('Only payers who have no account.'),
});
export type PrintSelection = z.infer<typeof printSelectionSchema>;

export const printFormSchema = z.enum(['pdf', 'zip']);
export type PrintForm = z.infer<typeof printFormSchema>;

export const printOrderSchema = z.strictObject({
  selection: printSelectionSchema,
  form: printFormSchema.describe('pdf: one document in postal order; zip: a file for each slip.'),
  bothSides: z
    .boolean()
    .default(false)
    .describe('Of a pdf: each slip begins on a sheet of its own, an odd one gets an empty page.'),
  slipPasswords: z
    .boolean()
    .default(false)
    .describe(
      'Issues a fresh slip password to each payer without an account and prints it on the slip. Earlier ones are void. For admins.',
    ),
});
export type PrintOrder = z.input<typeof printOrderSchema>;

/** running: pages are being sent; done: all were; failed: they were not, the file is not to be used. */
export const printStateSchema = z.enum(['running', 'done', 'cancelled', 'failed']);

export const printRunSchema = z.object({
  id: idSchema,
  runId: idSchema,
  period: periodSchema,
  form: printFormSchema,
  slipPasswords: z.boolean(),
  state: printStateSchema,
  slips: z.int(),
  slipsDone: z.int(),
  createdAt: instantSchema,
  createdBy: z.string(),
  finishedAt: instantSchema.nullable(),
});
export type PrintRun = z.infer<typeof printRunSchema>;

export const countPrint = endpoint({
  id: 'printRuns.count',
  summary: 'How many slips a selection has, before it is printed.',
  method: 'POST',
  path: '/office/print-runs/count',
  caller: 'clerk',
  query: officeQuery,
  body: printSelectionSchema,
  response: z.object({
    slips: z.int(),
    withoutAccount: z.int(),
    incompleteAddresses: z.int().describe('Payers without street or town.'),
  }),
  errors: ['manager_required', 'not_found'],
});

/** The header of the answer that tells the id of the print run while its pages come. */
export const printRunHeader = 'x-print-run';

export const createPrintRun = endpoint({
  id: 'printRuns.create',
  summary:
    'Sends the slips of a selection as one PDF in postal order (post code, street, payer) or as a ZIP of single files. Ask for the print run to see how far it is; closing the connection cancels it.',
  method: 'POST',
  path: '/office/print-runs',
  caller: 'clerk',
  query: officeQuery,
  body: printOrderSchema,
  response: binary('application/pdf', 'application/zip'),
  errors: ['manager_required', 'not_found', 'forbidden', 'run_draft', 'print_running', 'rate_limited'],
  via: 'main',
});

export const getPrintRun = endpoint({
  id: 'printRuns.get',
  summary: 'How far a print run is.',
  method: 'GET',
  path: '/office/print-runs/{id}',
  caller: 'clerk',
  params: z.object({ id: idSchema }),
  query: officeQuery,
  response: printRunSchema,
  errors: ['manager_required', 'not_found'],
});

export const listPrintRuns = endpoint({
  id: 'printRuns.list',
  summary: "The manager's print runs, newest first: who printed what.",
  method: 'GET',
  path: '/office/print-runs',
  caller: 'clerk',
  query: officeQuery.extend(pageQuery.shape),
  response: page(printRunSchema),
  errors: ['manager_required'],
});
