import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'buildings', (table, { id, exact }) => {
    id('manager_id').notNullable();
    id('id').notNullable();
    exact('name', 200).notNullable();
    table.primary(['manager_id', 'id'], 'buildings_pk');
    table.unique(['manager_id', 'name'], { indexName: 'buildings_name_uq' });
    table.foreign('manager_id', 'buildings_manager_fk').references('managers.id').onDelete('RESTRICT');
  });

export const down = (knex: Knex) => knex.schema.dropTable('buildings');
