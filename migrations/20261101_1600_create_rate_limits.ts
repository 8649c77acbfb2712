import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'rate_limits', (table, { exact }) => {
    // The names that rate-limiter-flexible expects.
    exact('key', 255).notNullable().primary('rate_limits_pk');
    table.integer('points').notNullable();
    table.bigInteger('expire');
    table.index(['expire'], 'rate_limits_expire_ix');
  });

export const down = (knex: Knex) => knex.schema.dropTable('rate_limits');
