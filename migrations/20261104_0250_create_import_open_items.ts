import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** The open items of a billing file under check, kept together by slip. */
export const up = (knex: Knex) =>
  createTable(knex, 'import_open_items', (table, { id, exact, day }) => {
    id('manager_id').notNullable();
    id('import_id').notNullable();
    exact('number', 50).notNullable();
    table.integer('row_no').notNullable();
    exact('description', 200).notNullable();
    day('due_date');
    table.bigInteger('amount_cents').notNullable();
    table.primary(['manager_id', 'import_id', 'number', 'row_no'], 'import_open_items_pk');
  });

export const down = (knex: Knex) => knex.schema.dropTable('import_open_items');
