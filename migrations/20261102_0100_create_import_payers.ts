import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/**
 * What a billing file under check says of each payer. Two variants of one code are a fault of the file. No foreign keys:
 * the rows live as long as the check, and are cleared by the import's id.
 */
export const up = (knex: Knex) =>
  createTable(knex, 'import_payers', (table, { id, ascii, exact }) => {
    id('manager_id').notNullable();
    id('import_id').notNullable();
    ascii('code', 20).notNullable();
    ascii('variant', 32).notNullable();
    table.integer('first_row').notNullable();
    id('new_id').notNullable();
    exact('name', 200).notNullable();
    exact('street', 200).notNullable();
    exact('town', 200).notNullable();
    ascii('tax_number', 20);
    exact('email', 254);
    ascii('channel', 10).notNullable();
    exact('search', 1000).notNullable();
    table.primary(['manager_id', 'import_id', 'code', 'variant'], 'import_payers_pk');
  });

export const down = (knex: Knex) => knex.schema.dropTable('import_payers');
