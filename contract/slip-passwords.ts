import { z } from 'zod';
import { binary, endpoint } from './endpoint.ts';
import { officeQuery } from './imports.ts';
import { idSchema } from './schemas/text.ts';
import { instantSchema } from './schemas/time.ts';

/** Either chosen payers, or all who have no account yet. */
export const slipPasswordOrderSchema = z.union([
  z.strictObject({ payerIds: z.array(idSchema).min(1).max(1000) }),
  z.strictObject({ allWithoutAccount: z.literal(true) }),
]);

export type SlipPasswordOrder = z.infer<typeof slipPasswordOrderSchema>;

export const issueSlipPasswords = endpoint({
  id: 'slipPasswords.issue',
  summary:
    'Issues slip passwords and shows them, this once: as a list, or as letters (Accept: application/pdf). Earlier ones of the same payers are void.',
  method: 'POST',
  path: '/office/slip-passwords',
  caller: 'admin',
  query: officeQuery,
  body: slipPasswordOrderSchema,
  response: z.object({
    batchId: idSchema,
    issued: z.array(
      z.object({
        payerId: idSchema,
        payerCode: z.string(),
        payerName: z.string(),
        slipPassword: z.string(),
        expiresAt: instantSchema,
      }),
    ),
  }),
  alternative: binary('application/pdf'),
  status: 201,
  errors: ['manager_required', 'not_found', 'payer_taken', 'not_acceptable'],
});
