import type { Knex } from 'knex';
import { createTable } from './columns.ts';

export const up = (knex: Knex) =>
  createTable(knex, 'invitations', (table, { id, ascii, exact, instant }) => {
    id('manager_id').notNullable();
    id('id').notNullable();
    exact('email', 254).notNullable();
    ascii('role', 10).notNullable();
    ascii('language', 2).notNullable();
    ascii('hmac', 64).notNullable();
    id('invited_by');
    instant('created_at').notNullable();
    instant('expires_at').notNullable();
    table.primary(['manager_id', 'id'], 'invitations_pk');
    table.unique(['manager_id', 'email'], { indexName: 'invitations_email_uq' });
    table.index(['email'], 'invitations_email_ix');
    table.index(['invited_by'], 'invitations_invited_by_ix');
    table.foreign('manager_id', 'invitations_manager_fk').references('managers.id').onDelete('CASCADE');
    table.foreign('invited_by', 'invitations_invited_by_fk').references('accounts.id').onDelete('SET NULL');
  });

export const down = (knex: Knex) => knex.schema.dropTable('invitations');
