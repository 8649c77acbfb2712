import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** The buildings of a billing file, by period: how many of its slips have items there, and what these come to. */
export const up = (knex: Knex) =>
  createTable(knex, 'import_buildings', (table, { id, ascii, exact }) => {
    id('manager_id').notNullable();
    id('import_id').notNullable();
    ascii('period', 7).notNullable();
    exact('building', 200).notNullable();
    table.integer('slips').notNullable();
    table.bigInteger('total_cents').notNullable();
    table.primary(['manager_id', 'import_id', 'period', 'building'], 'import_buildings_pk');
  });

export const down = (knex: Knex) => knex.schema.dropTable('import_buildings');
