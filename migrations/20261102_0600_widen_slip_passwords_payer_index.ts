import type { Knex } from 'knex';

/**
 * How a payer stands with the portal is asked for whole lists of payers: answered from the index alone. The new one is
 * made before the old one goes, since the foreign key to payers needs one of them.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('slip_passwords', (table) => {
    table.index(['manager_id', 'payer_id', 'revoked_at', 'used_at', 'expires_at'], 'slip_passwords_standing_ix');
  });
  await knex.schema.alterTable('slip_passwords', (table) => {
    table.dropIndex(['manager_id', 'payer_id'], 'slip_passwords_payer_ix');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('slip_passwords', (table) => {
    table.index(['manager_id', 'payer_id'], 'slip_passwords_payer_ix');
  });
  await knex.schema.alterTable('slip_passwords', (table) => {
    table.dropIndex([], 'slip_passwords_standing_ix');
  });
}
