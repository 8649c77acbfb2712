import type { Knex } from 'knex';

/** How many payers there are, and how many have registered, month by month: counted from these indexes alone. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('payers', (table) => {
    table.index(['manager_id', 'created_at'], 'payers_created_ix');
  });
  await knex.schema.alterTable('payer_accounts', (table) => {
    table.index(['manager_id', 'linked_at'], 'payer_accounts_linked_ix');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('payers', (table) => {
    table.dropIndex([], 'payers_created_ix');
  });
  await knex.schema.alterTable('payer_accounts', (table) => {
    table.dropIndex([], 'payer_accounts_linked_ix');
  });
}
