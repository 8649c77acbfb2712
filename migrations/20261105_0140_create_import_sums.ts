import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** What the items of a billing file come to, by period, building and description. */
export const up = (knex: Knex) =>
  createTable(knex, 'import_sums', (table, { id, ascii, exact }) => {
    id('manager_id').notNullable();
    id('import_id').notNullable();
    ascii('period', 7).notNullable();
    exact('building', 200).notNullable();
    exact('description', 200).notNullable();
    table.integer('items').notNullable();
    table.bigInteger('cents').notNullable();
    table.primary(['manager_id', 'import_id', 'period', 'building', 'description'], 'import_sums_pk');
  });

export const down = (knex: Knex) => knex.schema.dropTable('import_sums');
