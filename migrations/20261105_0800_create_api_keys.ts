import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** Keys with which other programs call the API. Of the key itself only its hash is kept, and its first characters. */
export const up = (knex: Knex) =>
  createTable(knex, 'api_keys', (table, { id, ascii, instant }) => {
    id('manager_id').notNullable();
    id('id').notNullable();
    table.string('name', 60).notNullable();
    ascii('beginning', 10).notNullable();
    ascii('key_hash', 64).notNullable();
    ascii('scopes', 200).notNullable();
    id('created_by');
    instant('created_at').notNullable();
    instant('expires_at').notNullable();
    instant('last_used_at');
    instant('revoked_at');
    table.primary(['manager_id', 'id'], 'api_keys_pk');
    table.unique(['key_hash'], { indexName: 'api_keys_hash_uq' });
    table.index(['created_by'], 'api_keys_created_by_ix');
    table.index(['expires_at'], 'api_keys_expires_ix');
    table.foreign('manager_id', 'api_keys_manager_fk').references('managers.id').onDelete('CASCADE');
    table.foreign('created_by', 'api_keys_created_by_fk').references('accounts.id').onDelete('SET NULL');
  });

export const down = (knex: Knex) => knex.schema.dropTable('api_keys');
