import type { Knex } from 'knex';

/** The few accounts whose e-mail address is not confirmed, found without going through all. */
export const up = (knex: Knex) =>
  knex.schema.alterTable('accounts', (table) => {
    table.index(['email_confirmed_at'], 'accounts_confirmed_ix');
  });

export const down = (knex: Knex) =>
  knex.schema.alterTable('accounts', (table) => {
    table.dropIndex([], 'accounts_confirmed_ix');
  });
