import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'units', (table, { id, ascii, exact }) => {
    id('manager_id').notNullable();
    id('id').notNullable();
    id('building_id').notNullable();
    exact('name', 100).notNullable();
    ascii('kind', 20).notNullable();
    ascii('area_m2', 20);
    ascii('persons', 20);
    table.primary(['manager_id', 'id'], 'units_pk');
    table.unique(['manager_id', 'building_id', 'name'], { indexName: 'units_name_uq' });
    table
      .foreign(['manager_id', 'building_id'], 'units_building_fk')
      .references(['manager_id', 'id'])
      .inTable('buildings')
      .onDelete('RESTRICT');
  });

export const down = (knex: Knex) => knex.schema.dropTable('units');
