import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'payers', (table, { id, ascii, exact, instant }) => {
    id('manager_id').notNullable();
    id('id').notNullable();
    ascii('code', 20).notNullable();
    table.string('name', 200).notNullable();
    table.string('street', 200).notNullable();
    table.string('town', 200).notNullable();
    ascii('tax_number', 20);
    exact('email', 254);
    ascii('channel', 10).notNullable();
    instant('created_at').notNullable();
    instant('updated_at').notNullable();
    table.primary(['manager_id', 'id'], 'payers_pk');
    table.unique(['manager_id', 'code'], { indexName: 'payers_code_uq' });
    table.foreign('manager_id', 'payers_manager_fk').references('managers.id').onDelete('RESTRICT');
  });

export const down = (knex: Knex) => knex.schema.dropTable('payers');
