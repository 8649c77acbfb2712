import type { Knex } from 'knex';
import { createTable } from './columns.ts';

/** Publications whose mails are still to be written, and how far that is. */
export const up = (knex: Knex) =>
  createTable(knex, 'slip_mailings', (table, { id, ascii, instant }) => {
    id('manager_id').notNullable();
    id('import_id').notNullable();
    instant('created_at').notNullable();
    ascii('kind', 30).notNullable();
    // The last payer or account for whom they are written; empty: none yet.
    ascii('after_id', 32).notNullable();
    table.primary(['manager_id', 'import_id'], 'slip_mailings_pk');
    table.index(['created_at'], 'slip_mailings_created_ix');
    table
      .foreign(['manager_id', 'import_id'], 'slip_mailings_import_fk')
      .references(['manager_id', 'id'])
      .inTable('imports')
      .onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('slip_mailings');
