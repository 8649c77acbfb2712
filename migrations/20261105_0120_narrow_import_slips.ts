import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** The slips of a billing file, each once: what its rows say differently is found while they are read. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.dropTable('import_slips');
  await createTable(knex, 'import_slips', (table, { id, ascii, exact, day }) => {
    id('manager_id').notNullable();
    id('import_id').notNullable();
    exact('number', 50).notNullable();
    table.integer('first_row').notNullable();
    id('new_id').notNullable();
    ascii('payer_code', 20).notNullable();
    ascii('period', 7).notNullable();
    day('issue_date').notNullable();
    day('due_date').notNullable();
    exact('note', 500);
    table.bigInteger('total_cents').notNullable();
    table.primary(['manager_id', 'import_id', 'number'], 'import_slips_pk');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('import_slips');
  await createTable(knex, 'import_slips', (table, { id, ascii, exact, day }) => {
    id('manager_id').notNullable();
    id('import_id').notNullable();
    exact('number', 50).notNullable();
    ascii('variant', 32).notNullable();
    table.integer('first_row').notNullable();
    id('new_id').notNullable();
    ascii('payer_code', 20).notNullable();
    ascii('period', 7).notNullable();
    day('issue_date').notNullable();
    day('due_date').notNullable();
    exact('purpose', 100).notNullable();
    exact('note', 500);
    table.primary(['manager_id', 'import_id', 'number', 'variant'], 'import_slips_pk');
  });
}
