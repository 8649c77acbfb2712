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
 * in; draft: its runs are in and not yet seen by residents; published: they are; discarded: the draft was thrown away
 * or the check cancelled; replaced: later files took over all its slips; failed: we could not finish, nothing was written.
 */
export const importStateSchema = z.enum([
  'checking',
  'refused',
  'unchanged',
  'draft',
  'published',
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
  unchangedOf: idSchema.nullable(),
  newPayers: z.int(),
  newSlips: z.int(),
  replacedSlips: z.int(),
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
  params: byId,
  response: importSchema,
  errors: ['not_found'],
});

export const discardImport = endpoint({
  id: 'imports.discard',
  summary: 'Stops a check or throws a draft away.',
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
