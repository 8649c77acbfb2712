import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'second_factors', (table, { id, ascii, instant }) => {
    id('account_id').notNullable().primary('second_factors_pk');
    // Sealed under a key that is not in the database.
    ascii('sealed_secret', 200).notNullable();
    // RFC 6238: the step of the last code that was taken; that one and those before are used.
    table.integer('last_step').notNullable().defaultTo(0);
    instant('created_at').notNullable();
    instant('confirmed_at');
    table.foreign('account_id', 'second_factors_account_fk').references('accounts.id').onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('second_factors');
