import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'staff_roles', (table, { id, ascii }) => {
    id('manager_id').notNullable();
    id('account_id').notNullable();
    ascii('role', 10).notNullable();
    table.primary(['manager_id', 'account_id'], 'staff_roles_pk');
    table.index(['account_id'], 'staff_roles_account_ix');
    table.foreign('manager_id', 'staff_roles_manager_fk').references('managers.id').onDelete('CASCADE');
    table.foreign('account_id', 'staff_roles_account_fk').references('accounts.id').onDelete('CASCADE');
  });

export const down = (knex: Knex) => knex.schema.dropTable('staff_roles');
