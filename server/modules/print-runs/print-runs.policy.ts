import type { BillingRun } from '../../models/billing-run.ts';
import type { StaffRole } from '../../../contract/session.ts';
import { ApiError } from '../../http/api-error.ts';

interface Wanted {
  readonly slipPasswords: boolean;
}

/** Slip passwords void those that residents hold: admins decide that. */
export const roleFor = ({ slipPasswords }: Wanted): StaffRole => (slipPasswords ? 'admin' : 'clerk');

/**
 * A draft may be looked at on paper; nobody is invited to register by a slip that is not published.
 * @throws run_draft
 */
export function assertPrintable({ state }: Pick<BillingRun, 'state'>, { slipPasswords }: Wanted): void {
  if (slipPasswords && state !== 'published') throw new ApiError('run_draft');
}
