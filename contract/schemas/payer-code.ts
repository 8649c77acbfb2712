import { z } from 'zod';

/**
 * The payer code (šifra plačnika) as printed on the slip. Unique within a manager, compared in capitals, so that nobody
 * fails on the shift key.
 */
export const payerCodeSchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-Z](?:[0-9A-Z./-]{0,18}[0-9A-Z])?$/, 'payer_code');
