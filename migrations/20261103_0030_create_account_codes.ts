import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'account_codes', (table, { id, ascii, exact, instant }) => {
    id('id').notNullable().primary('account_codes_pk');
    id('account_id').notNullable();
    ascii('purpose', 10).notNullable();
    // Where the code was sent.
    exact('email', 254).notNullable();
    ascii('hmac', 64).notNullable();
    table.integer('tries_left').notNullable();
    instant('created_at').notNullable();
    instant('expires_at').notNullable();
    // A new code voids the one before.
    table.unique(['account_id', 'purpose'], { indexName: 'account_codes_purpose_uq' });
    table.index(['expires_at'], 'account_codes_expires_ix');
    table.foreign('account_id', 'account_codes_account_fk').references('accounts.id').onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('account_codes');
