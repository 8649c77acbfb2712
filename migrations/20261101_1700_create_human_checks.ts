import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'human_checks', (table, { ascii, instant }) => {
    ascii('id', 64).notNullable().primary('human_checks_pk');
    instant('expires_at').notNullable();
    table.index(['expires_at'], 'human_checks_expires_ix');
  });

export const down = (knex: Knex) => knex.schema.dropTable('human_checks');
