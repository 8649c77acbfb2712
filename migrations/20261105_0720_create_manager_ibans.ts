import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** The accounts for payments that a manager has, by name. Which one is for orders that name none, the manager says. */
export const up = (knex: Knex) =>
  createTable(knex, 'manager_ibans', (table, { id, ascii }) => {
    id('manager_id').notNullable();
    ascii('iban', 34).notNullable();
    table.string('name', 60).notNullable();
    table.primary(['manager_id', 'iban'], 'manager_ibans_pk');
    table.foreign('manager_id', 'manager_ibans_manager_fk').references('managers.id').onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('manager_ibans');
