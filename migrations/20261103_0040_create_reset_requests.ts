import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'reset_requests', (table, { id, ascii, exact, instant }) => {
    id('id').notNullable().primary('reset_requests_pk');
    // As it was typed, whether or not there is such an account.
    exact('email', 254).notNullable();
    ascii('address', 64).notNullable();
    instant('created_at').notNullable();
    table.index(['created_at'], 'reset_requests_created_ix');
  });

export const down = (knex: Knex) => knex.schema.dropTable('reset_requests');
