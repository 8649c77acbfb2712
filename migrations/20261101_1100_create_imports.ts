import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'imports', (table, { id, ascii, instant, longText }) => {
    id('manager_id').notNullable();
    id('id').notNullable();
    table.string('file_name', 200).notNullable();
    ascii('file_sha256', 64);
    table.bigInteger('size').notNullable();
    ascii('state', 20).notNullable();
    ascii('phase', 20).notNullable();
    table.integer('rows_read').notNullable();
    table.bigInteger('bytes_read').notNullable();
    table.integer('fault_count').notNullable();
    longText('faults').notNullable();
    longText('unknown_columns').notNullable();
    id('unchanged_of');
    table.integer('new_payers').notNullable();
    table.integer('new_slips').notNullable();
    table.integer('replaced_slips').notNullable();
    id('created_by');
    instant('created_at').notNullable();
    instant('heartbeat_at').notNullable();
    instant('finished_at');
    table.primary(['manager_id', 'id'], 'imports_pk');
    table.index(['manager_id', 'created_at', 'id'], 'imports_created_ix');
    table.index(['manager_id', 'file_sha256'], 'imports_file_ix');
    table.index(['created_by'], 'imports_created_by_ix');
    table.foreign('manager_id', 'imports_manager_fk').references('managers.id').onDelete('RESTRICT');
    table.foreign('created_by', 'imports_created_by_fk').references('accounts.id').onDelete('SET NULL');
  });

export const down = (knex: Knex) => knex.schema.dropTable('imports');
