import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'print_runs', (table, { id, ascii, instant, longText }) => {
    id('manager_id').notNullable();
    id('id').notNullable();
    // No foreign key: a draft that was printed may be thrown away, and that it was printed stays.
    id('run_id').notNullable();
    ascii('period', 7).notNullable();
    ascii('form', 10).notNullable();
    table.boolean('slip_passwords').notNullable();
    longText('selection').notNullable();
    ascii('state', 20).notNullable();
    // 1 while it runs, null afterwards: one account has one of them at a time.
    table.specificType('is_running', 'tinyint');
    table.integer('slips').notNullable();
    table.integer('slips_done').notNullable();
    id('batch_id');
    id('created_by');
    instant('created_at').notNullable();
    instant('heartbeat_at').notNullable();
    instant('finished_at');
    table.primary(['manager_id', 'id'], 'print_runs_pk');
    table.unique(['created_by', 'is_running'], { indexName: 'print_runs_running_uq' });
    table.index(['manager_id', 'created_at', 'id'], 'print_runs_created_ix');
    table.foreign('manager_id', 'print_runs_manager_fk').references('managers.id').onDelete('RESTRICT');
    table.foreign('created_by', 'print_runs_created_by_fk').references('accounts.id').onDelete('SET NULL');
  });

export const down = (knex: Knex) => knex.schema.dropTable('print_runs');
