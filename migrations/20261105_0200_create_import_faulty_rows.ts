import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** The rows with faults of a refused file, as the compressed file that the office downloads to correct them. */
export const up = (knex: Knex) =>
  createTable(knex, 'import_faulty_rows', (table, { id, bytes, instant }) => {
    id('manager_id').notNullable();
    id('import_id').notNullable();
    table.integer('row_count').notNullable();
    bytes('csv').notNullable();
    instant('created_at').notNullable();
    table.primary(['manager_id', 'import_id'], 'import_faulty_rows_pk');
    table.index(['created_at'], 'import_faulty_rows_created_ix');
    table
      .foreign(['manager_id', 'import_id'], 'import_faulty_rows_import_fk')
      .references(['manager_id', 'id'])
      .inTable('imports')
      .onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('import_faulty_rows');
