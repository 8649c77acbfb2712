import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'channel_changes', (table, { id, ascii, instant }) => {
    id('manager_id').notNullable();
    id('id').notNullable();
    id('payer_id').notNullable();
    ascii('channel', 10).notNullable();
    ascii('origin', 10).notNullable();
    // Of those that a resident asked for.
    id('request_id');
    id('changed_by');
    instant('changed_at').notNullable();
    table.primary(['manager_id', 'id'], 'channel_changes_pk');
    table.index(['manager_id', 'payer_id', 'changed_at', 'id'], 'channel_changes_payer_ix');
    table.index(['changed_by'], 'channel_changes_changed_by_ix');
    table
      .foreign(['manager_id', 'payer_id'], 'channel_changes_payer_fk')
      .references(['manager_id', 'id'])
      .inTable('payers')
      .onDelete('CASCADE');
    table.foreign('changed_by', 'channel_changes_changed_by_fk').references('accounts.id').onDelete('SET NULL');
  });

export const down = (knex: Knex) => knex.schema.dropTable('channel_changes');
