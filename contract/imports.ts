import { z } from 'zod';
import { binary, endpoint } from './endpoint.ts';
import { centsSchema } from './schemas/money.ts';
import { page, pageQuery } from './schemas/page.ts';
import { idSchema, requiredLine } from './schemas/text.ts';
import { instantSchema, periodSchema } from './schemas/time.ts';

/** Staff of one manager need not name it. */
export const officeQuery = z.object({ managerId: idSchema.optional() });

/**
 * checking: the file is being read; refused: it has faults and nothing was written; unchanged: the same file is already
 * in; checked: it has no faults and waits, with a preview, for the office to confirm it; writing: confirmed, its runs are
 * being written; draft: its runs are in and not yet seen by residents; published: they are; withdrawn: they were, and
 * were taken back before anybody had opened a slip; discarded: the check was cancelled, the preview was not to the
 * office's liking or waited too long, or the draft was thrown away; replaced: later files took over all its slips;
 * failed: we could not finish, nothing was written.
 */
export const importStateSchema = z.enum([
  'checking',
  'refused',
  'unchanged',
  'checked',
  'writing',
  'draft',
  'published',
  'withdrawn',
  'discarded',
  'replaced',
  'failed',
]);
export type ImportState = z.infer<typeof importStateSchema>;

/** Row 1 is the header. Row null: the fault is the file's. `rule` is a code that the client turns into a sentence. */
export const importFaultSchema = z.object({
  row: z.int().nullable(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  rule: z.string(),
  message: z.string().describe('The fault in Slovene, for the office.'),
  suggestion: z.string().nullable().describe('What the cell most likely should say, where that is clear.'),
});
export type ImportFault = z.infer<typeof importFaultSchema>;

export const importSchema = z.object({
  id: idSchema,
  fileName: z.string(),
  state: importStateSchema,
  progress: z.object({
    phase: z.enum(['reading', 'checking', 'writing', 'done']),
    rows: z.int(),
    bytes: z.int(),
    totalBytes: z.int(),
  }),
  createdAt: instantSchema,
  createdBy: z.string(),
  finishedAt: instantSchema.nullable(),
  unknownColumns: z.array(z.string()),
  faultCount: z.int(),
  faults: z.array(importFaultSchema).describe('At most 200; faultCount counts all.'),
  faultyRows: z.int().describe('How many rows with faults can be downloaded.'),
  unchangedOf: idSchema.nullable(),
  newPayers: z.int(),
  newSlips: z.int(),
  replacedSlips: z.int(),
  withdrawal: z
    .object({ reason: z.string(), by: z.string(), at: instantSchema })
    .nullable()
    .describe('The last time that its runs were taken back from the residents.'),
  runs: z.array(
    z.object({
      id: idSchema,
      period: periodSchema,
      state: z.enum(['draft', 'published']),
      slips: z.int(),
      totalCents: centsSchema,
    }),
  ),
});
export type Import = z.infer<typeof importSchema>;

const byId = z.object({ id: idSchema });

export const createImport = endpoint({
  id: 'imports.create',
  summary:
    'Takes a billing file (docs/billing-file.md) as the body and starts to check it. Ask for the import to see how it goes.',
  method: 'POST',
  path: '/office/imports',
  caller: 'clerk',
  program: 'imports:write',
  query: officeQuery.extend({ fileName: requiredLine(200).default('razdelilniki.csv') }),
  body: binary('text/csv', 'application/octet-stream'),
  response: importSchema,
  status: 202,
  errors: ['manager_required', 'import_running', 'body_too_large', 'unsupported_media_type'],
  via: 'main',
});

export const listImports = endpoint({
  id: 'imports.list',
  summary: "The manager's imports, newest first.",
  method: 'GET',
  path: '/office/imports',
  caller: 'clerk',
  program: 'imports:read',
  query: officeQuery.extend(pageQuery.shape),
  response: page(importSchema),
  errors: ['manager_required'],
});

export const getImport = endpoint({
  id: 'imports.get',
  summary: 'How an import stands: progress, faults, what it brought.',
  method: 'GET',
  path: '/office/imports/{id}',
  caller: 'clerk',
  program: 'imports:read',
  params: byId,
  response: importSchema,
  errors: ['not_found'],
});

/** An amount of this file beside that of the newest published month before it; null where there was none. */
const comparedSchema = z.object({
  cents: centsSchema,
  beforeCents: centsSchema.nullable(),
  isOutlier: z.boolean().describe('So far from the month before that somebody should look.'),
});

/** What would change if the import were confirmed. Nothing has changed yet. */
export const importPreviewSchema = z.object({
  countedAt: instantSchema,
  periods: z.array(
    comparedSchema.extend({
      period: periodSchema,
      slips: z.int(),
      before: z.object({ period: periodSchema, slips: z.int() }).nullable(),
    }),
  ),
  payers: z.object({
    new: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    vanished: z.int().describe('Had a slip in the month before and have none in this file.'),
  }),
  slips: z.object({ new: z.int(), replaced: z.int(), outliers: z.int() }),
  buildings: z.int(),
  outlierBuildings: z.int(),
  items: z
    .array(comparedSchema.extend({ description: z.string(), count: z.int() }))
    .describe('By description over all buildings, outliers and the largest first; at most 100.'),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const getImportPreview = endpoint({
  id: 'imports.preview',
  summary: 'What an import that waits for confirmation would change, beside the month before.',
  method: 'GET',
  path: '/office/imports/{id}/preview',
  caller: 'clerk',
  program: 'imports:read',
  params: byId,
  response: importPreviewSchema,
  errors: ['not_found', 'import_state'],
});

export const previewedBuildingSchema = comparedSchema.extend({
  building: z.string(),
  items: z
    .array(comparedSchema.extend({ description: z.string() }))
    .describe('Outliers and the largest first; at most 50.'),
});

export const listPreviewedBuildings = endpoint({
  id: 'imports.previewBuildings',
  summary: 'Totals of each building of the file, and of its items, beside the month before; outliers first.',
  method: 'GET',
  path: '/office/imports/{id}/preview/buildings',
  caller: 'clerk',
  program: 'imports:read',
  params: byId,
  query: pageQuery.extend({ outliers: z.literal('true').optional() }),
  response: page(previewedBuildingSchema),
  errors: ['not_found', 'import_state'],
});

export const previewedPayerSchema = z.object({
  code: z.string(),
  name: z.string(),
  changes: z
    .array(z.object({ field: z.string(), before: z.string(), after: z.string() }))
    .describe('Of changed payers: the column of the file, what we know, what the file says.'),
  totalCents: centsSchema
    .nullable()
    .describe('Of the slips in the file; of vanished payers, those of the month before.'),
});

export const listPreviewedPayers = endpoint({
  id: 'imports.previewPayers',
  summary: 'The payers that the import would add or change, or that it has no slip for any more; by code.',
  method: 'GET',
  path: '/office/imports/{id}/preview/payers',
  caller: 'clerk',
  program: 'imports:read',
  params: byId,
  query: pageQuery.extend({ kind: z.enum(['new', 'changed', 'vanished']) }),
  response: page(previewedPayerSchema),
  errors: ['not_found', 'import_state'],
});

export const previewedSlipSchema = z.object({
  number: z.string(),
  period: periodSchema,
  payerCode: z.string(),
  payerName: z.string(),
  cents: centsSchema,
  beforeCents: centsSchema.nullable().describe("The payer's slip of the month before."),
  isReplacing: z.boolean().describe('There is a draft with this number.'),
  isOutlier: z.boolean(),
});

export const listPreviewedSlips = endpoint({
  id: 'imports.previewSlips',
  summary: 'The slips of the file by number; on request those that replace a draft, or outliers, alone.',
  method: 'GET',
  path: '/office/imports/{id}/preview/slips',
  caller: 'clerk',
  program: 'imports:read',
  params: byId,
  query: pageQuery.extend({ only: z.enum(['replacing', 'outliers']).optional() }),
  response: page(previewedSlipSchema),
  errors: ['not_found', 'import_state'],
});

export const confirmImport = endpoint({
  id: 'imports.confirm',
  summary:
    'Has the runs of a checked import written as drafts. Refused when other imports have changed what the preview was counted against; it is counted anew then.',
  method: 'POST',
  path: '/office/imports/{id}/confirmation',
  caller: 'clerk',
  params: byId,
  response: importSchema,
  status: 202,
  errors: ['not_found', 'import_state', 'import_outdated', 'import_running'],
});

export const downloadFaultyRows = endpoint({
  id: 'imports.faultyRows',
  summary: "The rows with faults as they stood in the file, with the file's header and a column that says why.",
  method: 'GET',
  path: '/office/imports/{id}/faulty-rows',
  caller: 'clerk',
  program: 'imports:read',
  params: byId,
  response: binary('text/csv'),
  errors: ['not_found'],
  via: 'main',
});

export const previewWithdrawal = endpoint({
  id: 'imports.previewWithdrawal',
  summary: 'What of an import is out already, before its runs are taken back.',
  method: 'GET',
  path: '/office/imports/{id}/withdrawal',
  caller: 'clerk',
  params: byId,
  response: z.object({
    opened: z
      .int()
      .describe('Slips that were opened, or have left as the PDF of a mail: with any, nothing is taken back.'),
    triedMails: z
      .int()
      .describe('Mails with slips that were tried and did not leave; some may have arrived all the same.'),
    printed: z.int().describe('Copies of slips that were printed.'),
    exported: z.int().describe('Slips that were given to the program that sends e-invoices.'),
  }),
  errors: ['not_found', 'import_state'],
});

export const withdrawImport = endpoint({
  id: 'imports.withdraw',
  summary:
    'Takes the published runs of an import back to drafts, while nobody has opened one of their slips. Mails that have not left are taken back.',
  method: 'POST',
  path: '/office/imports/{id}/withdrawal',
  caller: 'clerk',
  params: byId,
  body: z.object({ reason: requiredLine(500) }),
  response: importSchema,
  errors: ['not_found', 'import_state', 'run_opened'],
});

export const discardImport = endpoint({
  id: 'imports.discard',
  summary: 'Stops a check, or throws away what was checked or a draft.',
  method: 'DELETE',
  path: '/office/imports/{id}',
  caller: 'clerk',
  params: byId,
  response: importSchema,
  errors: ['not_found', 'import_state'],
});

export const publishImport = endpoint({
  id: 'imports.publish',
  summary: 'Shows the drafted runs of an import to the residents.',
  method: 'POST',
  path: '/office/imports/{id}/publication',
  caller: 'clerk',
  params: byId,
  response: importSchema,
  errors: ['not_found', 'import_state'],
});
