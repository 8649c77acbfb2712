import type { Knex } from 'knex';

/** The tables whose rows are part of a slip. */
export const slipParts = ['slip_items', 'slip_units', 'slip_open_items', 'payment_orders'] as const;

/** Deletes some hundred slips with all that is part of them: no foreign key does it (migration 20261105_0100). */
export async function deleteSlips(trx: Knex, managerId: string, ids: readonly string[]): Promise<void> {
  for (const part of slipParts) await trx(part).where({ manager_id: managerId }).whereIn('slip_id', ids).delete();
  await trx('slips').where({ manager_id: managerId }).whereIn('id', ids).delete();
}
