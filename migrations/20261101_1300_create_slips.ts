import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'slips', (table, { id, ascii, exact, day }) => {
    id('manager_id').notNullable();
    id('id').notNullable();
    id('run_id').notNullable();
    id('payer_id').notNullable();
    exact('number', 50).notNullable();
    ascii('period', 7).notNullable();
    day('issue_date').notNullable();
    day('due_date').notNullable();
    table.bigInteger('total_cents').notNullable();
    table.primary(['manager_id', 'id'], 'slips_pk');
    table.unique(['manager_id', 'number'], { indexName: 'slips_number_uq' });
    table.index(['manager_id', 'payer_id', 'period', 'id'], 'slips_payer_ix');
    table.index(['manager_id', 'run_id'], 'slips_run_ix');
    table
      .foreign(['manager_id', 'run_id'], 'slips_run_fk')
      .references(['manager_id', 'id'])
      .inTable('billing_runs')
      .onDelete('RESTRICT');
    table
      .foreign(['manager_id', 'payer_id'], 'slips_payer_fk')
      .references(['manager_id', 'id'])
      .inTable('payers')
      .onDelete('RESTRICT');
  });

export const down = (knex: Knex) => knex.schema.dropTable('slips');
