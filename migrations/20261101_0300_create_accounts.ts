import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'accounts', (table, { id, ascii, exact, instant }) => {
    id('id').notNullable().primary('accounts_pk');
    exact('email', 254).notNullable();
    table.string('first_name', 60).notNullable();
    table.string('last_name', 60).notNullable();
    ascii('password_hash', 100).notNullable();
    ascii('language', 2).notNullable();
    instant('email_confirmed_at');
    instant('created_at').notNullable();
    table.unique(['email'], { indexName: 'accounts_email_uq' });
  });

export const down = (knex: Knex) => knex.schema.dropTable('accounts');
