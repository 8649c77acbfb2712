import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** The reserve funds of a billing file under check. Two variants of one building and period are a fault of the file. */
export const up = (knex: Knex) =>
  createTable(knex, 'import_funds', (table, { id, ascii, exact }) => {
    id('manager_id').notNullable();
    id('import_id').notNullable();
    exact('building', 200).notNullable();
    ascii('period', 7).notNullable();
    ascii('variant', 32).notNullable();
    table.integer('first_row').notNullable();
    table.bigInteger('opening_cents');
    table.bigInteger('paid_in_cents');
    table.bigInteger('spent_cents');
    table.bigInteger('balance_cents').notNullable();
    table.primary(['manager_id', 'import_id', 'building', 'period', 'variant'], 'import_funds_pk');
  });

export const down = (knex: Knex) => knex.schema.dropTable('import_funds');
