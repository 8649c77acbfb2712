import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'displaced_sessions', (table, { id, ascii, instant }) => {
    ascii('token_hash', 64).notNullable().primary('displaced_sessions_pk');
    id('account_id').notNullable();
    // Of the session that took the place.
    table.string('device', 100);
    instant('displaced_at').notNullable();
    table.index(['account_id'], 'displaced_sessions_account_ix');
    table.index(['displaced_at'], 'displaced_sessions_displaced_at_ix');
    table.foreign('account_id', 'displaced_sessions_account_fk').references('accounts.id').onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('displaced_sessions');
