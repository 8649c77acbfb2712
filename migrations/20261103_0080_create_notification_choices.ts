import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'notification_choices', (table, { id }) => {
    id('manager_id').notNullable();
    id('account_id').notNullable();
    // Without a row: yes.
    table.boolean('new_slips').notNullable();
    table.primary(['manager_id', 'account_id'], 'notification_choices_pk');
    table.index(['account_id'], 'notification_choices_account_ix');
    table.foreign('manager_id', 'notification_choices_manager_fk').references('managers.id').onDelete('CASCADE');
    table.foreign('account_id', 'notification_choices_account_fk').references('accounts.id').onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('notification_choices');
