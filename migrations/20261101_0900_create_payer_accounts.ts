import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'payer_accounts', (table, { id, instant }) => {
    id('manager_id').notNullable();
    id('payer_id').notNullable();
    id('account_id').notNullable();
    instant('linked_at').notNullable();
    // One payer belongs to one account; an account may hold many payers.
    table.primary(['manager_id', 'payer_id'], 'payer_accounts_pk');
    table.index(['account_id'], 'payer_accounts_account_ix');
    table
      .foreign(['manager_id', 'payer_id'], 'payer_accounts_payer_fk')
      .references(['manager_id', 'id'])
      .inTable('payers')
      .onDelete('CASCADE');
    table.foreign('account_id', 'payer_accounts_account_fk').references('accounts.id').onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('payer_accounts');
