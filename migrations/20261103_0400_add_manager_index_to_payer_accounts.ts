import type { Knex } from 'knex';

/**
 * A publication goes through the manager's accounts in their order, some at a time. Without this index each time begins
 * with sorting all of them: a minute for eighty thousand, for which the office waits.
 */
export const up = (knex: Knex) =>
  knex.schema.alterTable('payer_accounts', (table) => {
    table.index(['manager_id', 'account_id'], 'payer_accounts_manager_account_ix');
  });

export const down = (knex: Knex) =>
  knex.schema.alterTable('payer_accounts', (table) => {
    table.dropIndex([], 'payer_accounts_manager_account_ix');
  });
