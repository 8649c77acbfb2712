import type { Knex } from 'knex';

/**
 * Outdates the previews of a manager's imports: to be called in the transaction of everything that changes what they
 * were counted against (drafts that come or go, publications, withdrawals).
 */
export async function raiseBillingVersion(trx: Knex, managerId: string): Promise<void> {
  await trx('managers').where({ id: managerId }).increment('billing_version', 1);
}
