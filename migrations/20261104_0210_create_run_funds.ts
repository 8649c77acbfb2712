import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** The reserve fund of a building as a billing run brought it. It goes with its run, and with its building. */
export const up = (knex: Knex) =>
  createTable(knex, 'run_funds', (table, { id }) => {
    id('manager_id').notNullable();
    id('run_id').notNullable();
    id('building_id').notNullable();
    table.bigInteger('opening_cents');
    table.bigInteger('paid_in_cents');
    table.bigInteger('spent_cents');
    table.bigInteger('balance_cents').notNullable();
    table.primary(['manager_id', 'run_id', 'building_id'], 'run_funds_pk');
    table.index(['manager_id', 'building_id'], 'run_funds_building_ix');
    table
      .foreign(['manager_id', 'run_id'], 'run_funds_run_fk')
      .references(['manager_id', 'id'])
      .inTable('billing_runs')
      .onDelete('CASCADE');
    table
      .foreign(['manager_id', 'building_id'], 'run_funds_building_fk')
      .references(['manager_id', 'id'])
      .inTable('buildings')
      .onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('run_funds');
