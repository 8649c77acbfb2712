import { payerCodeSchema } from '../../../contract/schemas/payer-code.ts';

/** The payer code that somebody may have typed where an e-mail address belongs; empty when it is none. */
export function payerCodeIn(email: string): string {
  if (email.includes('@')) return '';
  const parsed = payerCodeSchema.safeParse(email);
  return parsed.success ? parsed.data : '';
}
