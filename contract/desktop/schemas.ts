import { z } from 'zod';
import { exportEInvoices } from '../e-invoices.ts';
import { humanCheckActionSchema } from '../human-check.ts';
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
export const saveSlipYearSchema = z.strictObject({
  year: yearSchema,
  payerId: idSchema.optional(),
  fileName: suggestedFileName,
});
export const saveAccountDataSchema = z.strictObject({ fileName: suggestedFileName });
export const saveTextSchema = z.strictObject({ fileName: suggestedFileName, text: z.string().max(20_000_000) });

/** The path comes from the preload (webUtils.getPathForFile), not from the page. */
export const uploadSchema = z.strictObject({ path: z.string().min(1).max(4096), managerId: idSchema });
export const saveLettersSchema = z.strictObject({ order: slipPasswordOrderSchema, managerId: idSchema });

export const savePrintRunSchema = z.strictObject({
  order: printOrderSchema,
  managerId: idSchema,
  fileName: suggestedFileName,
});

export const saveEInvoicesSchema = z.strictObject({
  runId: idSchema,
  channel: exportEInvoices.query.shape.channel,
  managerId: idSchema,
  fileName: suggestedFileName,
});

export const answerHumanCheckSchema = humanCheckActionSchema;

export const setLanguageSchema = languageSchema;
export const setThemeSchema = z.enum(['system', 'light', 'dark']);
