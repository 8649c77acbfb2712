import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** How many slips of a run were given to the program that sends e-invoices, and when last, by channel. */
export const up = (knex: Knex) =>
  createTable(knex, 'run_exports', (table, { id, ascii, instant }) => {
    id('manager_id').notNullable();
    id('run_id').notNullable();
    ascii('channel', 10).notNullable();
    table.integer('slips').notNullable();
    instant('exported_at').notNullable();
    table.primary(['manager_id', 'run_id', 'channel'], 'run_exports_pk');
    table
      .foreign(['manager_id', 'run_id'], 'run_exports_run_fk')
      .references(['manager_id', 'id'])
      .inTable('billing_runs')
      .onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('run_exports');
