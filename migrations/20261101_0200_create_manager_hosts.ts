import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'manager_hosts', (table, { id, ascii }) => {
    ascii('host', 253).notNullable().primary('manager_hosts_pk');
    id('manager_id').notNullable();
    table.index(['manager_id'], 'manager_hosts_manager_ix');
    table.foreign('manager_id', 'manager_hosts_manager_fk').references('managers.id').onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('manager_hosts');
