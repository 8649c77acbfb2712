import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'recovery_codes', (table, { id, ascii }) => {
    id('account_id').notNullable();
    ascii('hmac', 64).notNullable();
    table.primary(['account_id', 'hmac'], 'recovery_codes_pk');
    table.foreign('account_id', 'recovery_codes_account_fk').references('accounts.id').onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('recovery_codes');
