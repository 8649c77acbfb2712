import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'slip_passwords', (table, { id, ascii, instant }) => {
    id('manager_id').notNullable();
    id('id').notNullable();
    id('payer_id').notNullable();
    id('batch_id').notNullable();
    ascii('hmac', 64).notNullable();
    id('issued_by');
    instant('issued_at').notNullable();
    instant('expires_at').notNullable();
    instant('used_at');
    instant('revoked_at');
    table.primary(['manager_id', 'id'], 'slip_passwords_pk');
    table.index(['manager_id', 'payer_id'], 'slip_passwords_payer_ix');
    table.index(['issued_by'], 'slip_passwords_issued_by_ix');
    table
      .foreign(['manager_id', 'payer_id'], 'slip_passwords_payer_fk')
      .references(['manager_id', 'id'])
      .inTable('payers')
      .onDelete('CASCADE');
    table.foreign('issued_by', 'slip_passwords_issued_by_fk').references('accounts.id').onDelete('SET NULL');
  });

export const down = (knex: Knex) => knex.schema.dropTable('slip_passwords');
