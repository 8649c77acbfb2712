import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'sessions', (table, { id, ascii, instant }) => {
    id('id').notNullable().primary('sessions_pk');
    id('account_id').notNullable();
    ascii('token_hash', 64).notNullable();
    table.string('device', 100);
    instant('created_at').notNullable();
    instant('last_used_at').notNullable();
    instant('expires_at').notNullable();
    table.unique(['account_id'], { indexName: 'sessions_account_uq' });
    table.unique(['token_hash'], { indexName: 'sessions_token_uq' });
    table.foreign('account_id', 'sessions_account_fk').references('accounts.id').onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('sessions');
