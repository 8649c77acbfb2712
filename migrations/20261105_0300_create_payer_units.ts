import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/**
 * What the newest slips of a payer are about: the list of payers, the choice of a building and the search ask for it all
 * the time, and reading it from the items each time would take a second. Without a foreign key to units: it would cost
 * one more index at every import, and whoever deletes units has brought this up to date before.
 */
export const up = (knex: Knex) =>
  createTable(knex, 'payer_units', (table, { id, ascii }) => {
    id('manager_id').notNullable();
    id('payer_id').notNullable();
    id('unit_id').notNullable();
    id('building_id').notNullable();
    ascii('period', 7).notNullable();
    table.primary(['manager_id', 'payer_id', 'unit_id'], 'payer_units_pk');
    table.index(['manager_id', 'building_id', 'payer_id'], 'payer_units_building_ix');
    table
      .foreign(['manager_id', 'payer_id'], 'payer_units_payer_fk')
      .references(['manager_id', 'id'])
      .inTable('payers')
      .onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('payer_units');
