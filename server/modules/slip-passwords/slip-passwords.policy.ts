import type { PayerAccess } from '../../../contract/payers.ts';

/**
 * A slip password opens a registration; a payer who has an account needs none, until the office releases it. Who has a
 * good one gets another one, unless that is not wanted.
 */
export const mayBeIssued = (
  { access }: { readonly access: PayerAccess },
  { onlyWithoutValid = false }: { readonly onlyWithoutValid?: boolean | undefined } = {},
): boolean => access !== 'registered' && !(onlyWithoutValid && access === 'issued');
