import { z } from 'zod';
import { exportAudit } from '../audit.ts';
import { exportEInvoices } from '../e-invoices.ts';
import { humanCheckActionSchema } from '../human-check.ts';
import { downloadFaultyRows } from '../imports.ts';
import { exportPayers } from '../payers.ts';
import { printOrderSchema } from '../print-runs.ts';
import { languageSchema } from '../registrations.ts';
import { idSchema, requiredLine } from '../schemas/text.ts';
import { yearSchema } from '../schemas/time.ts';
import { slipPasswordOrderSchema } from '../slip-passwords.ts';

/** The arguments of the bridge, checked in the main process whatever the window sent. */
export const portalAddressSchema = requiredLine(200);

const typedPassword = z.string().max(1000);

export const signInSchema = z.strictObject({
  email: z.string().max(300),
  password: typedPassword,
  humanCheck: z.string().max(4000).optional(),
  secondFactor: z.string().max(30).optional(),
  takeOver: z.boolean().optional(),
});

export const changePasswordSchema = z.strictObject({ currentPassword: typedPassword, password: typedPassword });
export const deleteAccountSchema = z.strictObject({ password: typedPassword });

/** A file name as a suggestion for a dialog: no path, nothing that a system refuses. */
const suggestedFileName = requiredLine(120).refine((name) => !/[\\/:*?"<>|]/.test(name), 'file_name');

export const saveSlipPdfSchema = z.strictObject({ id: idSchema, fileName: suggestedFileName });
/** Opened by the system: the ending says by what. */
export const openSlipPdfSchema = z.strictObject({
  id: idSchema,
  fileName: suggestedFileName.refine((name) => /^[^.-].*\.pdf$/.test(name), 'file_name'),
});
export const printSlipPdfSchema = z.strictObject({ id: idSchema });
/** Dragged and shared as files of their own: their names must be as good. */
export const prepareDragSchema = openSlipPdfSchema;
export const startDragSchema = z.strictObject({ id: idSchema });
export const shareSlipPdfSchema = openSlipPdfSchema;
export const showSavedSchema = z.strictObject({ fileName: z.string().min(1).max(255) });
export const saveSlipYearSchema = z.strictObject({
  year: yearSchema,
  payerId: idSchema.optional(),
  fileName: suggestedFileName,
});
export const saveAccountDataSchema = z.strictObject({ fileName: suggestedFileName });
export const saveTextSchema = z.strictObject({ fileName: suggestedFileName, text: z.string().max(20_000_000) });

/** The path comes from the preload (webUtils.getPathForFile), not from the page. */
export const uploadSchema = z.strictObject({ path: z.string().min(1).max(4096), managerId: idSchema });
export const saveSlipPasswordsSchema = z.strictObject({
  order: slipPasswordOrderSchema,
  form: z.enum(['letters', 'list']),
  managerId: idSchema,
  fileName: suggestedFileName,
});

export const savePrintRunSchema = z.strictObject({
  order: printOrderSchema,
  managerId: idSchema,
  fileName: suggestedFileName,
});

/** The portal's lists that go straight to the disk; each asks what its operation asks. */
const list = <Name extends string, Params extends z.ZodObject, Query extends z.ZodObject>(
  name: Name,
  { params, query }: { readonly params: Params; readonly query: Query },
) => z.strictObject({ list: z.literal(name), params, query, fileName: suggestedFileName });

export const saveListSchema = z.discriminatedUnion('list', [
  list('e-invoices', exportEInvoices),
  list('payers', exportPayers),
  list('audit', exportAudit),
  list('faulty-rows', downloadFaultyRows),
]);
export type ListToSave = z.input<typeof saveListSchema>;

export const setFetchingSchema = z.boolean();
export const setMeteredSchema = z.boolean();

export const answerHumanCheckSchema = humanCheckActionSchema;

/** What is in it the main process judges. */
export const openLinkSchema = z.string().max(500);
export const setLanguageSchema = languageSchema;
export const setThemeSchema = z.enum(['system', 'light', 'dark']);

const key = z.string().regex(/^[a-zA-Z-]{1,40}$/);
export const columnKeysSchema = z.array(key).max(40);
export const setColumnsSchema = z.strictObject({ table: key, columns: columnKeysSchema.nullable() });
