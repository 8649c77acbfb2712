import type { Knex } from 'knex';
import { alterTable } from './columns.ts';

/**
 * When a resident first got the slip. The office searches a run's slips in the order of their numbers, the opened ones
 * or the others, and with whose they are: from one index, which stands in place of that of totals, for these are kept with the run by now.
 */
export async function up(knex: Knex): Promise<void> {
  await alterTable(knex, 'slips', (_, { instant }) => void instant('first_opened_at'));
  await knex.schema.alterTable('slips', (table) => {
    table.index(['manager_id', 'run_id', 'number', 'first_opened_at', 'payer_id'], 'slips_run_number_ix');
  });
  await knex.schema.alterTable('slips', (table) => {
    table.dropIndex([], 'slips_run_total_ix');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('slips', (table) => {
    table.index(['manager_id', 'run_id', 'total_cents'], 'slips_run_total_ix');
  });
  await knex.schema.alterTable('slips', (table) => {
    table.dropIndex([], 'slips_run_number_ix');
  });
  await knex.schema.raw('alter table slips drop column first_opened_at');
}
