import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** What a billing file under check says of each unit, of its latest period. Two kinds of one unit are a fault of the file. */
export const up = (knex: Knex) =>
  createTable(knex, 'import_units', (table, { id, ascii, exact }) => {
    id('manager_id').notNullable();
    id('import_id').notNullable();
    exact('building', 200).notNullable();
    exact('unit', 100).notNullable();
    ascii('kind', 20).notNullable();
    table.integer('first_row').notNullable();
    id('new_id').notNullable();
    ascii('area_m2', 20);
    ascii('persons', 20);
    ascii('period', 7).notNullable();
    table.primary(['manager_id', 'import_id', 'building', 'unit', 'kind'], 'import_units_pk');
  });

export const down = (knex: Knex) => knex.schema.dropTable('import_units');
