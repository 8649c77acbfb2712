import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'billing_runs', (table, { id, ascii, instant }) => {
    id('manager_id').notNullable();
    id('id').notNullable();
    id('import_id').notNullable();
    ascii('period', 7).notNullable();
    ascii('state', 10).notNullable();
    instant('published_at');
    id('published_by');
    table.primary(['manager_id', 'id'], 'billing_runs_pk');
    table.unique(['manager_id', 'import_id', 'period'], { indexName: 'billing_runs_period_uq' });
    table.index(['published_by'], 'billing_runs_published_by_ix');
    table
      .foreign(['manager_id', 'import_id'], 'billing_runs_import_fk')
      .references(['manager_id', 'id'])
      .inTable('imports')
      .onDelete('RESTRICT');
    table.foreign('published_by', 'billing_runs_published_by_fk').references('accounts.id').onDelete('SET NULL');
  });

export const down = (knex: Knex) => knex.schema.dropTable('billing_runs');
