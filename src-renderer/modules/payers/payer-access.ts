import type { PayerAccess } from '../../../contract/payers.ts';

/** The colour of a payer's access: green is in, orange may come in, red would have to get a new slip password. */
export const accessTones = {
  registered: 'paid',
  issued: 'due',
  expired: 'late',
  none: 'quiet',
} as const satisfies Record<PayerAccess, string>;
