import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** How many slips of a run were opened for the first time on a day, by the calendar in Slovenia. */
export const up = (knex: Knex) =>
  createTable(knex, 'run_openings', (table, { id, day }) => {
    id('manager_id').notNullable();
    id('run_id').notNullable();
    day('day').notNullable();
    table.integer('slips').notNullable();
    table.primary(['manager_id', 'run_id', 'day'], 'run_openings_pk');
    table
      .foreign(['manager_id', 'run_id'], 'run_openings_run_fk')
      .references(['manager_id', 'id'])
      .inTable('billing_runs')
      .onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('run_openings');
