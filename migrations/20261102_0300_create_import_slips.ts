import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** The slips of a billing file under check. Two variants of one number are a fault of the file. */
export const up = (knex: Knex) =>
  createTable(knex, 'import_slips', (table, { id, ascii, exact, day }) => {
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
    table.primary(['manager_id', 'import_id', 'number', 'variant'], 'import_slips_pk');
  });

export const down = (knex: Knex) => knex.schema.dropTable('import_slips');
