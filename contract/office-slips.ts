import { z } from 'zod';
import { binary, endpoint } from './endpoint.ts';
import { runSchema } from './runs.ts';
import { idSchema } from './schemas/text.ts';
import { instantSchema } from './schemas/time.ts';
import { slipSchema } from './slips.ts';

/** A slip exactly as its resident sees it, and what the office must know beside it. */
export const residentsSlipSchema = z.object({
  slip: slipSchema,
  run: runSchema.pick({ id: true, period: true, state: true }),
  firstOpenedAt: instantSchema.nullable().describe('When the resident first opened it; this look does not count.'),
});
export type ResidentsSlip = z.infer<typeof residentsSlipSchema>;

const oneSlip = { method: 'GET', caller: 'clerk', params: z.object({ id: idSchema }), errors: ['not_found'] } as const;

export const getSlipAsResident = endpoint({
  ...oneSlip,
  id: 'slips.asResident',
  summary: 'A slip as its resident sees it, also of a draft. Each look is written into the audit log.',
  path: '/office/slips/{id}',
  response: residentsSlipSchema,
});

export const getSlipPdfAsOffice = endpoint({
  ...oneSlip,
  id: 'slips.pdfAsOffice',
  summary: "A slip's PDF, whatever the payer's channel; a draft says so. Each look is written into the audit log.",
  path: '/office/slips/{id}/pdf',
  response: binary('application/pdf'),
});
