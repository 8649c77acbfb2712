import type { Knex } from 'knex';

/** Lists of runs show how many slips each has and what they come to: answered from the index alone. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('slips', (table) => {
    table.index(['manager_id', 'run_id', 'total_cents'], 'slips_run_total_ix');
  });
  await knex.schema.alterTable('slips', (table) => {
    table.dropIndex(['manager_id', 'run_id'], 'slips_run_ix');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('slips', (table) => {
    table.index(['manager_id', 'run_id'], 'slips_run_ix');
  });
  await knex.schema.alterTable('slips', (table) => {
    table.dropIndex([], 'slips_run_total_ix');
  });
}
