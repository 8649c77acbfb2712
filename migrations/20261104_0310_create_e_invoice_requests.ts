import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'e_invoice_requests', (table, { id, ascii, exact, instant }) => {
    id('manager_id').notNullable();
    id('id').notNullable();
    id('payer_id').notNullable();
    // Who asked; the request itself belongs to the payer's papers and outlives the account.
    id('account_id');
    ascii('channel', 10).notNullable();
    exact('email', 254);
    ascii('iban', 34);
    ascii('tax_number', 20);
    ascii('state', 10).notNullable();
    // 1 or null: one open request of a payer, and any number of others.
    table.specificType('is_open', 'tinyint');
    table.string('reason', 300);
    instant('created_at').notNullable();
    instant('decided_at');
    id('decided_by');
    table.primary(['manager_id', 'id'], 'e_invoice_requests_pk');
    table.unique(['manager_id', 'payer_id', 'is_open'], { indexName: 'e_invoice_requests_open_uq' });
    table.index(['manager_id', 'payer_id', 'created_at', 'id'], 'e_invoice_requests_payer_ix');
    table.index(['manager_id', 'is_open', 'created_at', 'id'], 'e_invoice_requests_waiting_ix');
    table.index(['manager_id', 'is_open', 'decided_at', 'id'], 'e_invoice_requests_decided_ix');
    table.index(['account_id'], 'e_invoice_requests_account_ix');
    table.index(['decided_by'], 'e_invoice_requests_decided_by_ix');
    table
      .foreign(['manager_id', 'payer_id'], 'e_invoice_requests_payer_fk')
      .references(['manager_id', 'id'])
      .inTable('payers')
      .onDelete('CASCADE');
    table.foreign('account_id', 'e_invoice_requests_account_fk').references('accounts.id').onDelete('SET NULL');
    table.foreign('decided_by', 'e_invoice_requests_decided_by_fk').references('accounts.id').onDelete('SET NULL');
  });

export const down = (knex: Knex) => knex.schema.dropTable('e_invoice_requests');
